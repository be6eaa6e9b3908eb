import type { CheckId } from '../../gate/model/checks';
import { formatFrom, type MessageOf } from '../message';

/** Statements that are true if a check passes. */
export const CHECK_TITLES: Readonly<Record<CheckId, string>> = {
  valid: 'Kubernetes accepts the manifest',
  lint: 'lint finds nothing wrong in the manifest',
  'ready-in-budget': 'the pod becomes Ready within the time that its probes allow',
  'stays-ready': 'the undisturbed pod stays Ready without restarts',
  'probes-run': 'each probe returns results about its own container',
  'init-order': 'the init containers complete one after another before the other containers start',
  'startup-gates': 'a slow start succeeds within the limit of the startup probe',
  'hooks-run': 'the postStart and preStop hooks succeed',
  'liveness-detects-hang': 'the liveness probe restarts a hung container in time',
  'liveness-detects-crash': 'a container restarts after its main process crashes',
  'readiness-leaves-endpoints': 'the readiness probe removes a pod with a hung container from the endpoints in time',
  recovers: 'the pod is Ready again after each fault',
  'probe-independence': 'no container restarts because another container or a dependency hangs',
  'serves-clients': 'the Ready pod serves its clients and its probes at the same time',
  memory: 'the memory of a container does not rise under steady traffic',
  'reaps-processes': 'containers reap processes that exit, and exec probes leave none behind',
  'restart-policy': 'containers exit only if the restartPolicy expects it',
  'terminates-in-grace': 'the deleted pod terminates within its grace period, without SIGKILL',
  drains: 'the deleted pod drops no requests',
};

const NO_CLIENTS = 'no Service selects the pod, and no readiness probe shows which port clients use';

/** Parts of a pod that a check needs. */
const LACKING: Readonly<Partial<Record<CheckId, string>>> = {
  'probes-run': 'no container has a probe',
  'init-order': 'the pod has no init containers',
  'startup-gates': 'no container has a startupProbe that allows a slow start',
  'hooks-run': 'no container has a postStart or preStop hook',
  'liveness-detects-hang': 'no container has a livenessProbe, so a hung container does not restart',
  'liveness-detects-crash': 'every container has its own restartPolicy, which prevents restarts',
  'readiness-leaves-endpoints': 'no container has a readinessProbe, so the pod stays in the endpoints if one hangs',
  recovers: 'no container has a probe that detects a hang, or restarts after a crash',
  'probe-independence': 'the pod has one container, and --service names no dependency',
  'serves-clients': NO_CLIENTS,
  memory: 'no client sends requests to the pod',
  drains: NO_CLIENTS,
};

/** Reasons why no experiment runs a check on a pod. */
export const NOT_APPLICABLE = {
  expectedToComplete: ({ restartPolicy }: { readonly restartPolicy: string }) =>
    `a pod with restartPolicy ${restartPolicy} is expected to complete`,
  publishesNotReady:
    'the Service has publishNotReadyAddresses, so it sends requests until the pod is removed, regardless of readiness',
  nothingToCheck: ({ check }: { readonly check: CheckId }) => LACKING[check] ?? 'the pod has nothing to check',
} as const;

export type NotApplicable = MessageOf<typeof NOT_APPLICABLE>;

/** Returns the reason why no experiment runs a check on a pod. */
export function formatNotApplicable(reason: NotApplicable): string {
  return formatFrom(NOT_APPLICABLE, reason);
}
