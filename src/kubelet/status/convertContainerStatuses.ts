import { type Instant, wholeSeconds } from '../../clock/instant';
import type { Container } from '../../manifest/model';
import { isSidecar } from '../../manifest/model';
import type { ContainerState, ContainerStateTerminated, ContainerStatus } from '../../timeline/podStatus';
import type { Behavior } from '../behavior/behavior';
import { shouldContainerBeRestarted } from '../container/helpers';
import type { StartError } from '../state/backOffState';
import { type Instance, newestOf, type RuntimeState } from '../state/runtimeState';
import type { SyncedPod } from '../state/syncedPod';

const LOST = { exitCode: 137, reason: 'ContainerStatusUnknown' };
const LOST_WHEN_TERMINATED = 'The container could not be located when the pod was terminated';
const LOST_WHEN_DELETED =
  'The container could not be located when the pod was deleted.  The container used to be Running';

/** Removed to be started again, with all the pod's containers. */
const REMOVED = {
  reason: 'RestartingAllContainers',
  message: 'The container is removed because RestartAllContainers in place',
};

/**
 * Returns whether a container waits because all containers of the pod are being restarted: it will be, regardless of
 * its policy.
 */
export function isRemovedForRestart({ state, lastState }: ContainerStatus): boolean {
  return state.waiting !== undefined && lastState.terminated?.reason === REMOVED.reason;
}

export interface ConversionView {
  readonly pod: SyncedPod;
  readonly runtime: RuntimeState;
  readonly previous: readonly ContainerStatus[];
  readonly startErrors: Readonly<Record<string, StartError>>;
  /**
   * True if all containers are being restarted together: those that the runtime no longer has were removed on purpose.
   */
  readonly restartingAll: boolean;
  readonly behavior: Behavior;
}

/**
 * Returns the statuses of the pod's init or regular containers, by the runtime and the status that the API showed
 * before.
 *
 * Source: kubelet_pods.go `convertToAPIContainerStatuses`.
 */
export function convertContainerStatuses(view: ConversionView, kind: 'init' | 'regular'): ContainerStatus[] {
  const containers = kind === 'init' ? view.pod.spec.initContainers : view.pod.spec.containers;
  const statuses = containers.map((container) => asWaitingToStart(view, container, statusOf(view, container)));
  // Regular containers' statuses are sorted by name; init containers keep the order of the spec.
  return kind === 'init' ? statuses : statuses.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function statusOf(view: ConversionView, container: Container): ContainerStatus {
  const [newest, second] = view.runtime.instances.filter(({ name }) => name === container.name);
  const old = view.previous.find(({ name }) => name === container.name);
  if (!newest) return forgotten(view, container, old);
  const state = stateOf(newest, old);
  return {
    name: container.name,
    state,
    lastState: second ? stateOf(second, undefined) : lastStateOf(view, newest, old),
    ready: false,
    restartCount: newest.state === 'unknown' && state.terminated ? (old?.restartCount ?? 0) + 1 : newest.restartCount,
    image: newest.image,
    containerID: newest.id,
    ...(view.behavior.carriesStartedOver && state.running && old?.started !== undefined && { started: old.started }),
  };
}

/**
 * Returns the last state if the runtime has lost the instance before; it is taken from the API since pods restart in
 * place.
 */
function lastStateOf(view: ConversionView, { id }: Instance, old: ContainerStatus | undefined): ContainerState {
  if (!view.behavior.keepsLastStateOfRemoved) return {};
  const { terminated } = (old?.containerID === id ? undefined : old?.state) ?? {};
  return terminated ? { terminated } : (old?.lastState ?? {});
}

function stateOf(instance: Instance, old: ContainerStatus | undefined): ContainerState {
  switch (instance.state) {
    case 'running':
      return { running: { startedAt: wholeSeconds(instance.startedAt ?? (0 as Instant)) } };
    case 'exited':
      return { terminated: terminatedOf(instance) };
    case 'unknown':
      return old?.state.running ? { terminated: { ...LOST, message: LOST_WHEN_TERMINATED } } : { waiting: {} };
    default:
      return { waiting: {} };
  }
}

function terminatedOf(instance: Instance): ContainerStateTerminated {
  return {
    exitCode: instance.exitCode ?? 0,
    ...(instance.reason === undefined ? {} : { reason: instance.reason }),
    ...(instance.message === undefined ? {} : { message: instance.message }),
    ...(instance.startedAt === undefined ? {} : { startedAt: wholeSeconds(instance.startedAt) }),
    ...(instance.finishedAt === undefined ? {} : { finishedAt: wholeSeconds(instance.finishedAt) }),
    containerID: instance.id,
  };
}

/** Returns the status of a container that the runtime does not know: never created, or removed. */
function forgotten(view: ConversionView, container: Container, old: ContainerStatus | undefined): ContainerStatus {
  const waiting: ContainerStatus = {
    name: container.name,
    state: { waiting: { reason: view.pod.spec.initContainers.length > 0 ? 'PodInitializing' : 'ContainerCreating' } },
    lastState: old?.lastState ?? {},
    ready: false,
    restartCount: old?.restartCount ?? 0,
    image: container.image,
  };
  if (!old) return waiting;
  if (view.restartingAll && (old.state.running || old.state.terminated)) {
    return {
      ...(old.state.terminated ? old : waiting),
      state: { waiting: REMOVED },
      lastState: { terminated: { ...REMOVED, exitCode: 137 } },
      restartCount: old.restartCount + 1,
    };
  }
  if (old.state.terminated) return old;
  if (!old.state.running || old.lastState.terminated) return waiting;
  // It ran and is gone: shown as stopped, or the pod would fall back to Pending.
  return {
    ...waiting,
    lastState: { terminated: { ...LOST, message: LOST_WHEN_DELETED } },
    restartCount: view.pod.deletion ? waiting.restartCount : waiting.restartCount + 1,
  };
}

/** Returns the status of a container that will be started again but failed the last time: it waits, with the reason. */
function asWaitingToStart(view: ConversionView, container: Container, status: ContainerStatus): ContainerStatus {
  const error = view.startErrors[container.name];
  if (!error || isFinishedInit(view, container)) return status;
  if (!shouldContainerBeRestarted(container, view.pod, view.runtime, view.behavior)) return status;
  return {
    ...status,
    state: { waiting: { reason: error.reason, message: error.message } },
    lastState: status.state.terminated ? { terminated: status.state.terminated } : status.lastState,
  };
}

function isFinishedInit({ pod, runtime }: ConversionView, container: Container): boolean {
  if (!pod.spec.initContainers.includes(container) || isSidecar(container)) return false;
  const newest = newestOf(runtime, container.name);
  return newest?.state === 'exited' && newest.exitCode === 0;
}
