import type { CauseId } from './failureCause';

/**
 * Remedy of a failure without another program, image or address in the manifest: more `time` (for a start, a response
 * or an end), more `memory`, a `dependency` of the pod, or `nothing`.
 */
export type Remedy = 'time' | 'memory' | 'dependency' | 'nothing';

/** The remedy for each cause. The gate searches for no number that cannot help, and waits for nothing that does not come. */
export const REMEDIES: Readonly<Record<CauseId, Remedy>> = {
  'liveness-on-dependency': 'nothing',
  'exits-on-dependency': 'nothing',
  'shell-does-not-forward': 'nothing',
  'ignores-stop-signal': 'nothing',
  'shutdown-longer-than-grace': 'time',
  'prestop-exceeds-grace': 'time',
  'stops-before-clients': 'time',
  'fails-requests-after-signal': 'time',
  'start-longer-than-probe': 'time',
  'bound-to-localhost': 'nothing',
  'nothing-listens': 'nothing',
  'probe-path-not-found': 'nothing',
  'probe-host-refused': 'nothing',
  'probe-rejected': 'nothing',
  'unknown-port': 'nothing',
  'probe-timeout': 'time',
  'exec-program-missing': 'nothing',
  'grpc-service-unknown': 'nothing',
  'hook-program-missing': 'nothing',
  'poststart-failed': 'nothing',
  'readiness-misses-hang': 'nothing',
  'liveness-misses-hang': 'nothing',
  'oom-killed': 'memory',
  'exits-by-itself': 'nothing',
  'job-under-always': 'nothing',
  crashes: 'nothing',
  'ready-without-serving': 'nothing',
  'first-request-slow': 'nothing',
  'health-behind-slow-request': 'time',
  'errors-while-ready': 'dependency',
  'memory-rises': 'memory',
  zombies: 'nothing',
  'processes-left-behind': 'nothing',
  'redirected-probe': 'nothing',
  'readiness-flaps': 'nothing',
  'name-not-resolved': 'dependency',
  'init-not-finished': 'dependency',
  'does-not-start-again': 'nothing',
};
