import { RuntimeError } from './runtimeError';

/** Begins the message of a run without a result because this machine was too busy to judge the pod. */
const MACHINE_OVERLOADED = 'machine overloaded';

/** Returns the error of such a run. `what` states what came too late, and by how much. */
export function overloaded(what: string): RuntimeError {
  return new RuntimeError(
    MACHINE_OVERLOADED,
    `${what}, so the run has no result. Run fewer pods at once (JEST_KUBELET_MAX_PODS)`,
  );
}
