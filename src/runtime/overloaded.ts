import { MACHINE_OVERLOADED, RuntimeError } from './runtimeError';

/** Returns the error of such a run. `what` states what came too late, and by how much. */
export function overloaded(what: string): RuntimeError {
  return new RuntimeError(
    MACHINE_OVERLOADED,
    `${what}, so the run has no result. Run fewer pods at once (JEST_KUBELET_MAX_PODS)`,
  );
}
