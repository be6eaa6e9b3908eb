import type { Instant } from '../../clock/instant';
import { isTerminal } from '../../timeline/condition';
import type { ContainerStatus, PodCondition, PodPhase, PodStatus } from '../../timeline/podStatus';
import type { Behavior } from '../behavior/behavior';
import type { StartError } from '../state/backOffState';
import type { RuntimeState } from '../state/runtimeState';
import type { SyncedPod } from '../state/syncedPod';
import { convertContainerStatuses } from './convertContainerStatuses';
import {
  allContainersRestarting,
  type ConditionResult,
  type ConditionView,
  computeInitialized,
  containersReady,
  mayRestartAllContainers,
  podReady,
  podReadyToStartContainers,
  transition,
  triggersRestartOfAll,
} from './generate';
import { getPhase } from './getPhase';

/** Fills `started` and `ready` into a status. Source: prober/prober_manager.go `UpdatePodStatus`. */
export type UpdateStatus = (status: ContainerStatus, isInit: boolean) => ContainerStatus;

export interface StatusView {
  readonly pod: SyncedPod;
  readonly runtime: RuntimeState;
  /** Status that the API shows, or that the kubelet has last sent to it. */
  readonly old: PodStatus;
  readonly startErrors: Readonly<Record<string, StartError>>;
  /** True if the pod's worker has stopped everything. */
  readonly podIsTerminal: boolean;
  /** True if the pod has outlived its activeDeadlineSeconds. */
  readonly pastActiveDeadline: boolean;
  readonly updateStatus: UpdateStatus;
  readonly behavior: Behavior;
}

/** Conditions that the kubelet itself writes, in its order; all others are kept. */
const OWNED = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
  'AllContainersRestarting',
] as const;

/** Returns the status of a pod as the kubelet would publish it now. Source: kubelet_pods.go `generateAPIPodStatus`. */
export function generateAPIPodStatus(view: StatusView, at: Instant): PodStatus {
  const { pod, runtime, old } = view;
  const restartingAll =
    mayRestartAllContainers(pod.spec, view.behavior) &&
    (conditionStatus(old, 'AllContainersRestarting') === 'True' ||
      triggersRestartOfAll(pod.spec, runtime, view.behavior));
  const convert = (kind: 'init' | 'regular', previous: readonly ContainerStatus[]) =>
    convertContainerStatuses({ ...view, previous, restartingAll }, kind);
  const init = convert('init', old.initContainerStatuses);
  const regular = convert('regular', old.containerStatuses);

  const phase = phaseOf(view, [...init, ...regular]);
  const containerStatuses = regular.map((status) => view.updateStatus(status, false));
  const initContainerStatuses = init.map((status) => view.updateStatus(status, true));
  const { reason, message } = view.pastActiveDeadline ? DEADLINE_EXCEEDED : phase === old.phase ? old : {};
  const conditions = conditionsOf(view, { spec: pod.spec, phase, containerStatuses, initContainerStatuses }, at);
  return {
    phase,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    ...(runtime.sandbox?.podIP ? { podIP: runtime.sandbox.podIP } : old.podIP ? { podIP: old.podIP } : {}),
    ...(old.startTime === undefined ? {} : { startTime: old.startTime }),
    conditions,
    initContainerStatuses,
    containerStatuses,
    ...(old.qosClass === undefined ? {} : { qosClass: old.qosClass }),
  };
}

/** Source: active_deadline.go. */
export const DEADLINE_EXCEEDED = {
  reason: 'DeadlineExceeded',
  message: 'Pod was active on the node longer than the specified deadline',
} as const;

/** Returns the phase: a terminal phase is final; otherwise the containers decide. */
function phaseOf(view: StatusView, statuses: readonly ContainerStatus[]): PodPhase {
  if (isTerminal(view.old.phase)) return view.old.phase;
  if (view.pastActiveDeadline) return 'Failed';
  const { pod, runtime } = view;
  const podHasInitialized = pod.spec.containers.some(({ name }) =>
    runtime.instances.some((instance) => instance.name === name && instance.sandboxId === runtime.sandbox?.id),
  );
  return getPhase({ ...view, spec: pod.spec, statuses, podHasInitialized });
}

export function conditionStatus(status: PodStatus, type: string): PodCondition['status'] | undefined {
  return status.conditions.find((condition) => condition.type === type)?.status;
}

function conditionsOf(view: StatusView, seen: ConditionView, at: Instant): PodCondition[] {
  const { pod, runtime, old, behavior } = view;
  const foreign = foreignConditions(view, at);
  const gates = Object.fromEntries(foreign.map(({ type, status }) => [type, status]));
  const verdicts: Partial<Record<(typeof OWNED)[number], ConditionResult>> = {
    ...(behavior.readyToStartContainersCondition
      ? { PodReadyToStartContainers: podReadyToStartContainers(runtime.sandbox, behavior) }
      : {}),
    Initialized: computeInitialized(seen),
    Ready: podReady(seen, gates),
    ContainersReady: containersReady(seen),
    PodScheduled: { status: 'True' },
    ...(mayRestartAllContainers(pod.spec, behavior)
      ? {
          AllContainersRestarting: allContainersRestarting(
            pod.spec,
            seen.phase,
            runtime,
            conditionStatus(old, 'AllContainersRestarting'),
            behavior,
          ),
        }
      : {}),
  };
  const owned = OWNED.flatMap((type) => {
    const verdict = verdicts[type];
    return verdict ? [transition(type, verdict, old.conditions, at)] : [];
  });
  return [...foreign, ...owned];
}

function foreignConditions({ pod, old }: StatusView, at: Instant): PodCondition[] {
  const set = pod.foreignConditions;
  const kept = old.conditions.filter(({ type }) => !OWNED.some((owned) => owned === type) && !(type in set));
  return [...kept, ...Object.entries(set).map(([type, status]) => transition(type, { status }, old.conditions, at))];
}
