import type { Container } from '../../manifest/model';
import { isSidecar } from '../../manifest/model';
import type { KillCause } from '../../timeline/causes';
import { containerShouldRestart, effectivePolicy } from '../container/helpers';
import type { KillOrder } from '../state/pass';
import { resultOf } from '../state/results';
import { type Instance, newestOf } from '../state/runtimeState';
import type { SyncView } from '../state/syncView';

/** Actions of one sync for init containers and sidecars. */
export interface InitContainerActions {
  /** True if a failed init container may not be tried again: the pod is over. */
  readonly killPod: boolean;
  /** In the order of the spec. */
  readonly start: readonly Container[];
  readonly kill: readonly KillOrder[];
  /** True if it is the regular containers' turn. */
  readonly initialized: boolean;
}

/** State of a walk through the init containers, last one first. */
interface Walk {
  readonly start: Set<number>;
  readonly kill: KillOrder[];
  /**
   * True if some container after the current one exists: the current one need not run (again) unless it is a sidecar.
   */
  laterExists: boolean;
  initialized: boolean;
}

/**
 * Walks the init containers from the last to the first: finished ones may have been removed from the runtime, so the
 * last one that exists tells how far initialization has come. Sidecars before it are kept alive.
 *
 * Source: kuberuntime_container.go `computeInitContainerActions`.
 */
export function computeInitContainerActions(view: SyncView): InitContainerActions {
  const { initContainers } = view.pod.spec;
  if (initContainers.length === 0) return { killPod: false, start: [], kill: [], initialized: true };

  const wasInitialized = hasRegularContainer(view);
  const walk: Walk = { start: new Set(), kill: [], laterExists: wasInitialized, initialized: wasInitialized };

  for (let index = initContainers.length - 1; index >= 0; index -= 1) {
    const container = initContainers[index] as Container;
    const newest = newestHere(view, container.name);
    if (!newest) {
      if (walk.laterExists && isSidecar(container)) walk.start.add(index);
      continue;
    }
    if (walk.laterExists && !isSidecar(container)) continue;
    const over = isSidecar(container)
      ? keepSidecar(view, walk, index, container, newest)
      : advanceInitContainer(view, walk, index, container, newest);
    if (over) return { killPod: true, start: [], kill: walk.kill, initialized: false };
    walk.laterExists = true;
  }
  if (!walk.laterExists) walk.start.add(0);

  const start = initContainers.filter((_, index) => walk.start.has(index));
  return { killPod: false, start, kill: walk.kill, initialized: walk.initialized };
}

/**
 * Returns whether a regular container proves that initialization was done, even if the runtime has lost the init
 * containers.
 */
function hasRegularContainer(view: SyncView): boolean {
  const { pod, runtime, behavior } = view;
  return pod.spec.containers.some(({ name }) => {
    if (behavior.initJudgedBySandbox) return newestHere(view, name) !== undefined;
    const state = newestOf(runtime, name)?.state;
    return state === 'created' || state === 'running';
  });
}

/** Returns the newest instance: of the current sandbox alone, or of any. */
function newestHere({ runtime, behavior }: SyncView, name: string): Instance | undefined {
  if (!behavior.initJudgedBySandbox) return newestOf(runtime, name);
  return runtime.instances.find((each) => each.name === name && each.sandboxId === runtime.sandbox?.id);
}

/** Returns true when the pod is over. */
function advanceInitContainer(
  view: SyncView,
  walk: Walk,
  index: number,
  container: Container,
  newest: Instance,
): boolean {
  if (newest.state === 'running') return false;
  if (newest.state === 'created') {
    walk.start.add(index);
    return false;
  }
  if (!isInitContainerFailed(newest)) {
    initializedUpTo(view, walk, index);
    return false;
  }
  if (!isRetried(view, container, newest)) return true;
  if (newest.state === 'unknown') walk.kill.push(killUnknown(container, newest));
  walk.start.add(index);
  return false;
}

/** Returns whether an init container is tried again. Pod-level Always counts as OnFailure here: success is final. */
function isRetried({ pod, behavior }: SyncView, container: Container, newest: Instance): boolean {
  if (newest.state === 'unknown' || newest.exitCode === 0) {
    return effectivePolicy(container, pod.spec.restartPolicy, behavior) !== 'Never';
  }
  return containerShouldRestart(container, pod.spec.restartPolicy, newest.exitCode ?? 0, behavior);
}

/** Source: kuberuntime/helpers.go `isInitContainerFailed`. */
function isInitContainerFailed(newest: Instance): boolean {
  return newest.state === 'unknown' || newest.exitCode !== 0 || newest.reason === 'OOMKilled';
}

/** Returns false: no sidecar ever ends a pod. */
function keepSidecar(view: SyncView, walk: Walk, index: number, container: Container, newest: Instance): boolean {
  if (newest.state === 'created' || newest.state === 'exited') {
    walk.start.add(index);
    return false;
  }
  if (newest.state === 'unknown') {
    walk.kill.push(killUnknown(container, newest));
    walk.start.add(index);
    return false;
  }
  const replace = (text: string, reason: KillOrder['reason'], cause: KillCause) => {
    walk.kill.push({ id: newest.id, container, message: `Init container ${container.name} ${text}`, reason, cause });
    walk.start.add(index);
  };
  if (container.startupProbe) {
    const startup = resultOf(view.results, newest.id, 'startup');
    if (startup === 'Failure') replace('failed startup probe', 'startupProbe', 'startup');
    if (startup !== 'Success') return false;
  }
  // Only a startup probe gates what comes next: a changed definition, readiness and liveness do not.
  initializedUpTo(view, walk, index);
  if (newest.image !== container.image) {
    replace('definition changed', 'unknown', 'definition');
    return false;
  }
  if (resultOf(view.results, newest.id, 'liveness') === 'Failure')
    replace('failed liveness probe', 'livenessProbe', 'liveness');
  return false;
}

function initializedUpTo(view: SyncView, walk: Walk, index: number): void {
  if (index === view.pod.spec.initContainers.length - 1) walk.initialized = true;
  else if (!walk.laterExists) walk.start.add(index + 1);
}

function killUnknown(container: Container, newest: Instance): KillOrder {
  const message = 'Init container is in "unknown" state, try killing it before restart';
  return { id: newest.id, container, message, reason: 'unknown', cause: 'unknownState' };
}
