import type { Container, Probe } from '../../manifest/model';
import { CHECK_IDS, type CheckId } from '../checks';
import type { Scenario } from '../scenario';
import { runningContainers, runsToCompletion, type Subject } from '../subject';
import { completes } from './completes';
import { crashed } from './crashed';
import { frozen } from './frozen';
import { leftAlone } from './leftAlone';
import { neighbourHangs, serviceHangs } from './outage';
import { slowStart } from './slowStart';

/** The scenarios that a pod is put through, the one that all others build on first. */
export function scenariosFor(subject: Subject): readonly Scenario[] {
  if (runsToCompletion(subject)) return [completes()];
  const running = runningContainers(subject);
  return [
    leftAlone(subject),
    ...running.map(frozen),
    ...running.filter(hasStartupProbe).map(slowStart),
    ...running.flatMap((container) => neighbourHangs(subject, container) ?? []),
    ...subject.services.flatMap((service) => serviceHangs(subject, service) ?? []),
    ...running.map(crashed),
  ];
}

/** Why a check that no scenario of a pod answers does not apply to it. */
export function whyNotAsked(subject: Subject, check: CheckId): string {
  if (runsToCompletion(subject)) return `a pod with restartPolicy ${subject.pod.spec.restartPolicy} is meant to end`;
  return REASONS[check] ?? 'there is nothing to ask';
}

const REASONS: Partial<Record<CheckId, string>> = {
  'init-order': 'there are no init containers',
  'startup-gates': 'no container has a startupProbe',
  'hooks-run': 'no container has a postStart or preStop hook',
  'liveness-detects-hang': 'no container has a livenessProbe, so nothing restarts one that hangs',
  'readiness-leaves-endpoints': 'no container has a readinessProbe, so the pod stays in the endpoints whatever happens',
  'probe-independence': 'no container has a livenessProbe beside which something else could hang',
  drains: 'nothing is known to ask by HTTP: no readinessProbe does, and no Service selects the pod',
};

/** What is asked of the running pod, as against of its manifest. */
export const ASKED_OF_PODS = CHECK_IDS.filter((id) => id !== 'valid' && id !== 'lint');

function hasStartupProbe(container: Container): container is Container & { readonly startupProbe: Probe } {
  return container.startupProbe !== undefined;
}
