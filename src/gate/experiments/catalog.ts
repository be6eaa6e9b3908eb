import { CHECK_IDS, type CheckId } from '../model/checks';
import type { Scenario } from '../model/experiment';
import { runningContainers, runsToCompletion, type Subject } from '../model/subject';
import { completes } from './completes';
import { crashed } from './crashes';
import { frozen } from './hangs';
import { neighbourHangs, serviceHangs } from './outages';
import { slowStart } from './slowStart';
import { leftAlone } from './steadyState';

/** The scenarios that a pod is put through, the one that all others build on first. */
export function scenariosFor(subject: Subject): readonly Scenario[] {
  if (runsToCompletion(subject)) return [completes()];
  const running = runningContainers(subject);
  return [
    leftAlone(subject),
    ...running.flatMap((container) => frozen(subject, container) ?? []),
    ...running.flatMap((container) => slowStart(container) ?? []),
    ...running.flatMap((container) => neighbourHangs(subject, container) ?? []),
    ...subject.services.map((service) => serviceHangs(subject, service)),
    ...running.flatMap((container) => crashed(subject, container) ?? []),
  ];
}

/** Why a check that no scenario of a pod answers does not apply to it. */
export function whyNotAsked(subject: Subject, check: CheckId): string {
  if (runsToCompletion(subject)) return `a pod with restartPolicy ${subject.pod.spec.restartPolicy} is meant to end`;
  if (subject.backend.publishNotReadyAddresses && OF_ENDPOINTS.includes(check)) return PUBLISHED;
  return REASONS[check] ?? 'there is nothing to ask';
}

const OF_ENDPOINTS: readonly CheckId[] = ['readiness-leaves-endpoints', 'drains'];
const PUBLISHED = 'its Service has publishNotReadyAddresses, and sends to it until it is gone, whatever readiness says';

const REASONS: Partial<Record<CheckId, string>> = {
  'init-order': 'there are no init containers',
  'startup-gates': 'no container has a startupProbe that allows a slow start',
  'hooks-run': 'no container has a postStart or preStop hook',
  'liveness-detects-crash': 'no container is restarted: each has a restartPolicy of its own that says so',
  recovers: 'no container has a probe that would notice a hang, or is restarted after a crash',
  'liveness-detects-hang': 'no container has a livenessProbe, so nothing restarts one that hangs',
  'readiness-leaves-endpoints': 'no container has a readinessProbe, so the pod stays in the endpoints whatever happens',
  'probe-independence': 'it is one container, and no service was given that it talks to',
  drains: 'nothing is known to ask by HTTP: no probe does at a port that clients come to',
};

/** What is asked of the running pod, as against of its manifest. */
export const ASKED_OF_PODS = CHECK_IDS.filter((id) => id !== 'valid' && id !== 'lint');
