import type { Container } from '../../manifest/model';
import type { KillCause } from '../../timeline/causes';
import { containersOfNewSandbox, effectivePolicy, shouldContainerBeRestarted } from '../container/helpers';
import type { KillOrder } from '../state/pass';
import { resultOf } from '../state/results';
import { isUsable, newestOf } from '../state/runtimeState';
import type { SyncView } from '../state/syncView';
import { computeInitContainerActions } from './computeInitContainerActions';

/** Actions of one sync of a pod. */
export interface PodActions {
  /** True if everything is stopped, the sandbox included. */
  readonly killPod: boolean;
  readonly createSandbox: boolean;
  /** The number of the sandbox to create, from 0. */
  readonly attempt: number;
  readonly startInitContainers: readonly Container[];
  readonly startContainers: readonly Container[];
  readonly killContainers: readonly KillOrder[];
}

/**
 * Decides what one sync does, from the last look at the runtime and the published liveness and startup results.
 *
 * Source: kuberuntime_manager.go `computePodActions`.
 */
export function computePodActions(view: SyncView): PodActions {
  const { runtime } = view;
  if (!isUsable(runtime.sandbox)) return recreateSandbox(view);

  const init = computeInitContainerActions(view);
  const actions: PodActions = {
    killPod: init.killPod,
    createSandbox: false,
    attempt: runtime.sandbox.attempt,
    startInitContainers: init.start,
    startContainers: [],
    killContainers: init.kill,
  };
  return init.killPod || !init.initialized ? actions : keepOrReplaceContainers(view, actions);
}

/** Starts over without a usable sandbox: init containers first, unless there is nothing left to run. */
function recreateSandbox({ pod, runtime }: SyncView): PodActions {
  const { spec } = pod;
  const attempt = runtime.sandbox ? runtime.sandbox.attempt + 1 : 0;
  const nothing: PodActions = {
    killPod: true,
    createSandbox: false,
    attempt,
    startInitContainers: [],
    startContainers: [],
    killContainers: [],
  };
  const toStart = containersOfNewSandbox(pod, runtime);
  if (toStart.length === 0) return nothing;
  const [firstInit] = spec.initContainers;
  return firstInit
    ? { ...nothing, createSandbox: true, startInitContainers: [firstInit] }
    : { ...nothing, createSandbox: true, startContainers: toStart };
}

function keepOrReplaceContainers(view: SyncView, actions: PodActions): PodActions {
  const { pod, runtime, behavior } = view;
  const start: Container[] = [];
  const kill: KillOrder[] = [...actions.killContainers];
  let kept = 0;

  for (const container of pod.spec.containers) {
    const newest = newestOf(runtime, container.name);
    if (newest?.state !== 'running') {
      if (!shouldContainerBeRestarted(container, pod, runtime, behavior)) continue;
      start.push(container);
      if (newest?.state === 'unknown') {
        // It may still run: never two instances of one container.
        const message = 'Container is in "unknown" state, try killing it before restart';
        kill.push({ id: newest.id, container, message, reason: 'unknown', cause: 'unknownState' });
      }
      continue;
    }
    const order = reasonToKill(view, container, newest.id, newest.image !== container.image);
    if (!order) {
      kept += 1;
      continue;
    }
    kill.push(order.order);
    if (order.restart) start.push(container);
  }

  // The whole pod is stopped if no container is kept, sidecars included, and nothing restarts them.
  return kept === 0 && start.length === 0
    ? { ...actions, killPod: true, startInitContainers: [], killContainers: kill }
    : { ...actions, startContainers: start, killContainers: kill };
}

function reasonToKill(
  { pod, results, behavior }: SyncView,
  container: Container,
  id: string,
  definitionChanged: boolean,
): { readonly order: KillOrder; readonly restart: boolean } | undefined {
  const told = (text: string, reason: KillOrder['reason'], cause: KillCause, restart: boolean) => ({
    order: {
      id,
      container,
      message: `Container ${container.name} ${text}${restart ? ', will be restarted' : ''}`,
      reason,
      cause,
    },
    restart,
  });
  const restart = effectivePolicy(container, pod.spec.restartPolicy, behavior) !== 'Never';
  if (definitionChanged) return told('definition changed', 'unknown', 'definition', true);
  if (resultOf(results, id, 'liveness') === 'Failure')
    return told('failed liveness probe', 'livenessProbe', 'liveness', restart);
  if (resultOf(results, id, 'startup') === 'Failure')
    return told('failed startup probe', 'startupProbe', 'startup', restart);
  return undefined;
}
