import type { ObservationMessage } from './observations';

/** Advice for an observation. */
export const OBSERVATION_ADVICE: Readonly<Record<ObservationMessage['kind'], string>> = {
  redirectedProbe: 'Let the probe request a path that the container serves itself, without a login',
  probeWithoutResult: 'Correct the command or the port of the probe',
  flappingReadiness: 'Let readiness fail only while the container cannot serve requests',
  refusedClients: 'Correct targetPort of the Service, or let readiness request the port that clients use',
  slowFirstRequest:
    'Do the work of the first request before readiness succeeds, or let a startup probe request that path',
  blockedHealth: 'Serve the health endpoint beside other requests: on a thread, a worker or a port of its own',
  memoryRises:
    'Look for what the requests leave behind. A cache or a heap that grows up to a bound does so too: then wait longer',
  zombies: 'Let the main process wait for its children, or run it under an init process such as tini',
  leftProcesses: 'Let the command of the probe wait for all that it starts',
  errorsWhileReady:
    'Respond without the service, or let readiness depend on it if the pod can serve nothing without it',
  disturbedByTraffic: 'Let the container serve its requests within its limits, and its health endpoint beside them',
};

/** Clauses for what is looked for if only the evidence shows the cause. */
export const LOOKED_FOR = {
  probeWithoutResult: 'a probe has no result, so the kubelet ignores it',
  disturbedByTraffic: 'the pod is restarted or does not stay Ready while it serves its clients',
} as const satisfies Partial<Record<ObservationMessage['kind'], string>>;
