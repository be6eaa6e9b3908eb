/** Every check of the gate, by its id, and what holds where it passes. */
export const CHECKS = {
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
} as const;

export type CheckId = keyof typeof CHECKS;

export const CHECK_IDS = Object.keys(CHECKS) as readonly CheckId[];

export function isCheckId(id: string): id is CheckId {
  return Object.hasOwn(CHECKS, id);
}
