import type { ObservationMessage } from './observations';

/** Fixes of what was observed. */
export const OBSERVATION_FIXES: Readonly<Record<ObservationMessage['kind'], string>> = {
  redirectedProbe: 'Use a path that the container serves itself, without a login.',
  probeWithoutResult: 'Correct the command or the port of the probe.',
  flappingReadiness: 'Make the readiness probe fail only while the container cannot serve requests.',
  refusedClients: 'Correct targetPort of the Service, or use the port of the clients in the readiness probe.',
  slowFirstRequest:
    'Do the work of the first request before readiness succeeds, or request that path in a startup probe.',
  blockedHealth: 'Serve the health endpoint in parallel to other requests: with its own thread, worker or port.',
  memoryRises:
    'Find what the requests leave behind. A cache or a heap that grows up to a limit also rises. In that case, wait longer.',
  zombies: 'Make the main process wait for its children, or run it under an init process such as tini.',
  leftProcesses: 'Make the command of the probe wait for every process that it starts.',
  errorsWhileReady:
    'Respond without the dependency, or check it in the readiness probe if the pod can serve nothing without it.',
  disturbedByTraffic:
    'Make sure that the container can serve requests within its limits, and its health endpoint at the same time.',
};

/** Clauses for symptoms whose cause only the evidence shows. */
export const LOOKED_FOR = {
  probeWithoutResult: 'a probe has no result, so the kubelet ignores it',
  disturbedByTraffic: 'the pod restarts or does not stay Ready while it serves its clients',
} as const satisfies Partial<Record<ObservationMessage['kind'], string>>;
