import { MACHINE_OVERLOADED, RuntimeError } from './runtimeError';

/**
 * Returns the error of a run without a result because of an overload. `what` states what came too late, and by how
 * much.
 */
export function createOverloadError(what: string): RuntimeError {
  return new RuntimeError(
    MACHINE_OVERLOADED,
    `${what}, so the run has no result. Run fewer pods in parallel (JEST_KUBELET_MAX_PODS)`,
  );
}
