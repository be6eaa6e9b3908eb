import type { RestartCause } from '../timeline/history/restarts';

/** The reason for a restart, as a sentence about the container. */
export const RESTART_REASONS: Readonly<Record<RestartCause, string>> = {
  liveness: 'its liveness probe failed',
  startup: 'its startup probe failed',
  exit: 'it exited',
  postStart: 'its postStart hook failed',
  definition: 'its definition changed',
  sandbox: 'the pod sandbox changed',
  restartRule: 'a restart rule applied',
};
