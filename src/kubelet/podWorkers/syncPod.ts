import { containersOf } from '../../manifest/model';
import { type Effects, recordEvent } from '../effects/effects';
import { reportAtSync } from '../images/missingPullSecrets';
import { computePodActions, type PodActions } from '../kuberuntime/computePodActions';
import { stopOrder } from '../kuberuntime/killContainer';
import { addPod, stopLivenessAndStartup } from '../prober/proberManager';
import type { Action } from '../state/pass';
import type { PodState } from '../state/podState';
import { newestOf, type RuntimeState } from '../state/runtimeState';
import type { SyncedPod } from '../state/syncedPod';
import { mayRestartAllContainers } from '../status/generate';
import { conditionStatus } from '../status/generateAPIPodStatus';
import { knownRuntime, publishStatus } from './publishStatus';

/** The pod after a sync has looked and published, and what the sync decided to do. */
export interface Synced<Todo> {
  readonly state: PodState;
  readonly todo: Todo;
}

/**
 * Looks, publishes and decides: what this pass does. Undefined when the pod is over or being deleted, and has to be
 * stopped.
 *
 * Source: kubelet.go `SyncPod`.
 */
export function syncPod(before: PodState, out: Effects): Synced<readonly Action[] | undefined> {
  const published = publishStatus(before, out);
  if (published.isOver || published.pod.deletion) return { state: published, todo: undefined };
  const state = { ...published, prober: addPod(published.prober, published, out) };
  const { pod, behavior, prober } = state;
  const runtime = knownRuntime(state);
  const todo = restartsAll(state)
    ? restartAllContainers(pod, runtime)
    : inOrder(computePodActions({ pod, runtime, results: prober.results, behavior }), pod, runtime, out);
  // A sync that makes the sandbox mounts the volumes first.
  if (!todo.some(({ kind }) => kind === 'CreateSandbox')) reportAtSync(state, out);
  return { state, todo };
}

/** Stops a pod that is over or deleted. Source: kubelet.go `SyncTerminatingPod`. */
export function syncTerminatingPod(before: PodState, out: Effects): Synced<readonly Action[]> {
  const published = publishStatus(before, out);
  const { pod, prober } = published;
  const state = { ...published, prober: stopLivenessAndStartup(prober, pod) };
  return { state, todo: stopEverything(pod, knownRuntime(state), effectiveGracePeriodSeconds(pod)) };
}

/**
 * Returns the grace period of a stop, which is at least 1s.
 * Source: pod_workers.go `calculateEffectiveGracePeriod`.
 */
function effectiveGracePeriodSeconds({ deletion, spec }: SyncedPod): number {
  const own = spec.terminationGracePeriodSeconds ?? 0;
  return Math.max(deletion ? deletion.deletionGracePeriodSeconds : own, 1);
}

/** Source: kuberuntime_manager.go `SyncPod`, in its order. */
function inOrder(actions: PodActions, pod: SyncedPod, runtime: RuntimeState, out: Effects): readonly Action[] {
  if (actions.killPod && !actions.createSandbox) return stopEverything(pod, runtime);
  const isInit = new Set(pod.spec.initContainers.map(({ name }) => name));
  const purged = runtime.instances.filter(({ name }) => isInit.has(name)).map(({ id }) => id);
  if (actions.createSandbox && runtime.sandbox) {
    recordEvent(out, 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
  }
  return [
    ...(actions.createSandbox && runtime.sandbox ? stopEverything(pod, runtime) : []),
    ...(actions.createSandbox && purged.length > 0 ? [{ kind: 'RemoveContainers', ids: purged } as const] : []),
    ...(actions.killPod
      ? []
      : actions.killContainers.map((order) => ({ kind: 'KillContainers', orders: [order], wholePod: false }) as const)),
    ...(actions.createSandbox ? [{ kind: 'CreateSandbox', attempt: actions.attempt } as const] : []),
    ...actions.startInitContainers.map((container) => ({ kind: 'StartContainer', container, init: true }) as const),
    ...actions.startContainers.map((container) => ({ kind: 'StartContainer', container, init: false }) as const),
  ];
}

/**
 * Stops all running containers in parallel, then the sandbox.
 * Source: kuberuntime_manager.go `killPodWithSyncResult`.
 */
function stopEverything(pod: SyncedPod, runtime: RuntimeState, gracePeriodSecondsOverride?: number): Action[] {
  const orders = containersOf(pod.spec).flatMap((container) =>
    runtime.instances
      .filter(({ name, state }) => name === container.name && state === 'running')
      .map(({ id }) => stopOrder(container, id)),
  );
  return [
    ...(orders.length === 0
      ? []
      : [
          {
            kind: 'KillContainers',
            orders,
            wholePod: true,
            ...(gracePeriodSecondsOverride === undefined ? {} : { gracePeriodSecondsOverride }),
          } as const,
        ]),
    ...(runtime.sandbox?.ready ? [{ kind: 'StopSandbox' } as const] : []),
  ];
}

function restartsAll({ pod, behavior, status }: PodState): boolean {
  return mayRestartAllContainers(pod.spec, behavior) && conditionStatus(status, 'AllContainersRestarting') === 'True';
}

/**
 * Kills what runs without its hooks, then removes every container: the next pass finds none and starts over.
 *
 * Source: kuberuntime_manager.go `computePodActions`, `SyncPod` (RestartAllContainers).
 */
function restartAllContainers({ spec }: SyncedPod, runtime: RuntimeState): readonly Action[] {
  const kills = containersOf(spec).flatMap((container): Action[] => {
    const newest = newestOf(runtime, container.name);
    if (newest?.state !== 'running') return [];
    const order = { id: newest.id, container, message: 'killing', reason: 'unknown', cause: 'restartRule' } as const;
    return [{ kind: 'KillContainers', orders: [order], wholePod: false, gracePeriodSecondsOverride: 0 }];
  });
  return [...kills, { kind: 'RemoveContainers', ids: runtime.instances.map(({ id }) => id) }];
}
