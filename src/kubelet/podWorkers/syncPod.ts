import { containersOf } from '../../manifest/model';
import { isTerminal } from '../../timeline/condition';
import type { PodStatus } from '../../timeline/podStatus';
import { recordEvent } from '../effects/effects';
import { change, type Turn } from '../effects/turn';
import { reportAtSync } from '../images/missingPullSecrets';
import { computePodActions, type PodActions } from '../kuberuntime/computePodActions';
import { stopOrder } from '../kuberuntime/killContainer';
import { addPod, stopLivenessAndStartup } from '../prober/proberManager';
import type { Action } from '../state/pass';
import { newestOf } from '../state/runtimeState';
import { mayRestartAllContainers } from '../status/generate';
import { conditionStatus } from '../status/generateAPIPodStatus';
import { knownRuntime, publishStatus } from './publishStatus';

/**
 * Looks, publishes and decides: what this pass does. Undefined when the pod is over or being deleted, and has to be
 * stopped.
 *
 * Source: kubelet.go `SyncPod`.
 */
export function syncPod(turn: Turn): readonly Action[] | undefined {
  const status = publishStatus(turn);
  if (isTerminal(status.phase) || turn.state.pod.deletion) return undefined;
  change(turn, { prober: addPod(turn.state.prober, turn.state, turn) });
  const { prober, behavior, pod } = turn.state;
  const runtime = knownRuntime(turn.state);
  const actions = restartsAll(turn, status)
    ? restartAllContainers(turn)
    : inOrder(turn, computePodActions({ pod, runtime, results: prober.results, behavior }));
  // A sync that makes the sandbox mounts the volumes first.
  if (!actions.some(({ kind }) => kind === 'CreateSandbox')) reportAtSync(turn.state, turn);
  return actions;
}

/**
 * What is done to stop a pod that is over or deleted.
 *
 * Source: kubelet.go `SyncTerminatingPod`.
 */
export function syncTerminatingPod(turn: Turn): readonly Action[] {
  publishStatus(turn);
  change(turn, { prober: stopLivenessAndStartup(turn.state.prober, turn.state.pod) });
  return stopEverything(turn, effectiveGracePeriodSeconds(turn));
}

/** At least 1 s, whatever was asked for. Source: pod_workers.go `calculateEffectiveGracePeriod`. */
function effectiveGracePeriodSeconds(turn: Turn): number {
  const { deletion, spec } = turn.state.pod;
  const own = spec.terminationGracePeriodSeconds ?? 0;
  return Math.max(deletion ? deletion.deletionGracePeriodSeconds : own, 1);
}

/** Source: kuberuntime_manager.go `SyncPod`, in its order. */
function inOrder(turn: Turn, actions: PodActions): readonly Action[] {
  const { pod } = turn.state;
  const runtime = knownRuntime(turn.state);
  if (actions.killPod && !actions.createSandbox) return stopEverything(turn);
  const isInit = new Set(pod.spec.initContainers.map(({ name }) => name));
  const purged = runtime.instances.filter(({ name }) => isInit.has(name)).map(({ id }) => id);
  if (actions.createSandbox && runtime.sandbox) {
    recordEvent(turn, 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
  }
  return [
    ...(actions.createSandbox && runtime.sandbox ? stopEverything(turn) : []),
    ...(actions.createSandbox && purged.length > 0 ? [{ kind: 'RemoveContainers', ids: purged } as const] : []),
    ...(actions.killPod
      ? []
      : actions.killContainers.map((order) => ({ kind: 'KillContainers', orders: [order], wholePod: false }) as const)),
    ...(actions.createSandbox ? [{ kind: 'CreateSandbox', attempt: actions.attempt } as const] : []),
    ...actions.startInitContainers.map((container) => ({ kind: 'StartContainer', container, init: true }) as const),
    ...actions.startContainers.map((container) => ({ kind: 'StartContainer', container, init: false }) as const),
  ];
}

/** All running containers at once, then the sandbox. Source: kuberuntime_manager.go `killPodWithSyncResult`. */
function stopEverything(turn: Turn, gracePeriodSecondsOverride?: number): Action[] {
  const { pod } = turn.state;
  const runtime = knownRuntime(turn.state);
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

function restartsAll(turn: Turn, status: PodStatus): boolean {
  const { pod, behavior } = turn.state;
  return mayRestartAllContainers(pod.spec, behavior) && conditionStatus(status, 'AllContainersRestarting') === 'True';
}

/**
 * Kills what runs without its hooks, then removes every container: the next pass finds none and starts over.
 *
 * Source: kuberuntime_manager.go `computePodActions`, `SyncPod` (RestartAllContainers).
 */
function restartAllContainers(turn: Turn): readonly Action[] {
  const { pod } = turn.state;
  const runtime = knownRuntime(turn.state);
  const containers = containersOf(pod.spec);
  const kills = containers.flatMap((container): Action[] => {
    const newest = newestOf(runtime, container.name);
    if (newest?.state !== 'running') return [];
    const order = { id: newest.id, container, message: 'killing', reason: 'unknown' } as const;
    return [{ kind: 'KillContainers', orders: [order], wholePod: false, gracePeriodSecondsOverride: 0 }];
  });
  return [...kills, { kind: 'RemoveContainers', ids: runtime.instances.map(({ id }) => id) }];
}
