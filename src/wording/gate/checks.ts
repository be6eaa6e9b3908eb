import type { CheckId } from '../../gate/model/checks';
import { formatFrom, type MessageOf } from './message';

/** Statements that are true if a check passes. */
export const CHECK_TITLES: Readonly<Record<CheckId, string>> = {
  valid: 'Kubernetes accepts the manifest',
  lint: 'nothing in the manifest is valid and still wrong',
  'ready-in-budget': 'the pod becomes Ready within the time its own probes give it',
  'stays-ready': 'left alone, the pod stays Ready and nothing is restarted',
  'probes-run': 'each probe has results, and they are about its own container',
  'init-order': 'the init containers are done, one after the other, before the others start',
  'startup-gates': 'a slow start within the startup probe’s budget is waited for',
  'hooks-run': 'the postStart and preStop hooks succeed',
  'liveness-detects-hang': 'a container that hangs is restarted by its liveness probe, in time',
  'liveness-detects-crash': 'a container whose main process dies is restarted',
  'readiness-leaves-endpoints': 'a container that hangs takes the pod out of the endpoints, in time',
  recovers: 'the pod is Ready again after each fault',
  'probe-independence': 'no container is restarted for what another one, or a service, does',
  'serves-clients': 'while the pod is Ready, it serves its clients, and its probes beside them',
  memory: 'the memory of a container does not rise under steady traffic',
  'reaps-processes': 'processes that exit are reaped, and exec probes leave none behind',
  'restart-policy': 'what ends is what the restartPolicy expects to end',
  'terminates-in-grace': 'on deletion every container ends by its stop signal, within the grace period',
  drains: 'on deletion no request is dropped',
};

/** Parts of a pod whose absence leaves a check nothing to do. */
const LACKING: Readonly<Partial<Record<CheckId, string>>> = {
  'probes-run': 'no container has a probe',
  'init-order': 'there are no init containers',
  'startup-gates': 'no container has a startupProbe that allows a slow start',
  'hooks-run': 'no container has a postStart or preStop hook',
  'liveness-detects-hang': 'no container has a livenessProbe, so nothing restarts one that hangs',
  'liveness-detects-crash': 'no container is restarted: each has a restartPolicy of its own that says so',
  'readiness-leaves-endpoints': 'no container has a readinessProbe, so the pod stays in the endpoints whatever happens',
  recovers: 'no container has a probe that would notice a hang, or is restarted after a crash',
  'probe-independence': 'it is one container, and no service was given that it talks to',
  'serves-clients': 'no Service selects the pod, and no readiness probe shows a port that clients use',
  memory: 'no client sends requests to the pod',
  drains: 'no Service selects the pod, and no readiness probe shows a port that clients use',
};

/** Why no experiment checks a pod for something. */
export const NOT_APPLICABLE = {
  meantToEnd: ({ restartPolicy }: { readonly restartPolicy: string }) =>
    `a pod with restartPolicy ${restartPolicy} is meant to end`,
  publishesNotReady:
    'its Service has publishNotReadyAddresses, and sends to it until it is gone, whatever readiness says',
  lacking: ({ check }: { readonly check: CheckId }) => LACKING[check] ?? 'there is nothing to ask',
} as const;

export type NotApplicable = MessageOf<typeof NOT_APPLICABLE>;

/** Returns the reason why no experiment checks a pod for something. */
export function formatNotApplicable(reason: NotApplicable): string {
  return formatFrom(NOT_APPLICABLE, reason);
}
