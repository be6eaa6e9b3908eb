import { type Instant, wholeSeconds } from '../../clock/instant';
import { isSidecar } from '../../manifest/model';
import { isTerminal } from '../../timeline/condition';
import type { ContainerStatus, PodStatus } from '../../timeline/podStatus';
import type { SyncedPod } from '../state/syncedPod';
import { containersReady, podReady, transition } from './generate';

/**
 * Returns the status in the API after the kubelet sends one: a terminal phase only once no container can still run, and
 * never another phase after it.
 *
 * Source: status/status_manager.go `mergePodStatus`.
 */
export function mergePodStatus(old: PodStatus, next: PodStatus, couldHaveRunningContainers: boolean): PodStatus {
  if (isTerminal(old.phase) || !isTerminal(next.phase) || !couldHaveRunningContainers) return next;
  const { reason: _, message: __, ...rest } = next;
  return {
    ...rest,
    phase: old.phase,
    ...(old.reason === undefined ? {} : { reason: old.reason }),
    ...(old.message === undefined ? {} : { message: old.message }),
  };
}

/**
 * Returns the last status of a pod that is over: containers not known to have exited are written as lost, and a phase
 * that is not terminal becomes Failed. A pod that never got past its init containers keeps its waiting containers.
 *
 * Source: status/status_manager.go `TerminatePod`.
 */
export function terminatePod(pod: SyncedPod, status: PodStatus): PodStatus {
  const initialized = hasPodInitialized(pod, status);
  const end = (each: ContainerStatus): ContainerStatus =>
    each.state.terminated ? each : { ...each, state: { terminated: LOST }, ready: false };
  const lastInit = status.initContainerStatuses.length - 1;
  return {
    ...status,
    phase: isTerminal(status.phase) ? status.phase : 'Failed',
    containerStatuses: initialized ? status.containerStatuses.map(end) : status.containerStatuses,
    // Init containers after the one that was under way never started.
    initContainerStatuses: status.initContainerStatuses.map((each, index) =>
      initialized || each.state.running || (index === lastInit && each.started) ? end(each) : each,
    ),
  };
}

const LOST = {
  reason: 'ContainerStatusUnknown',
  message: 'The container could not be located when the pod was terminated',
  exitCode: 137,
} as const;

/** Source: status/status_manager.go `hasPodInitialized`. */
function hasPodInitialized({ spec }: SyncedPod, status: PodStatus): boolean {
  if (spec.initContainers.length === 0) return true;
  if (
    status.containerStatuses.some(({ state, lastState }) => state.running || state.terminated || lastState.terminated)
  ) {
    return true;
  }
  const last = spec.initContainers[spec.initContainers.length - 1];
  const lastStatus = status.initContainerStatuses.find(({ name }) => name === last?.name);
  if (!last || !lastStatus) return false;
  return isSidecar(last) ? lastStatus.started === true : lastStatus.state.terminated?.exitCode === 0;
}

/**
 * Patches a readiness result straight into the published status, with the conditions that follow from it, even while a
 * pass is under way.
 *
 * Source: status/status_manager.go `SetContainerReadiness`.
 */
export function setContainerReadiness(
  pod: SyncedPod,
  status: PodStatus,
  id: string,
  ready: boolean,
  at: Instant,
): PodStatus {
  const patched = patch(status, id, { ready });
  if (patched === status) return status;
  const view = { spec: pod.spec, ...patched };
  const gates = Object.fromEntries(patched.conditions.map((condition) => [condition.type, condition.status]));
  const verdicts: Readonly<Record<string, ReturnType<typeof podReady>>> = {
    Ready: podReady(view, gates),
    ContainersReady: containersReady(view),
  };
  return {
    ...patched,
    conditions: patched.conditions.map((condition) => {
      const verdict = verdicts[condition.type];
      return verdict ? transition(condition.type, verdict, status.conditions, at) : condition;
    }),
  };
}

/**
 * Patches a startup result. A container that is not started is not ready either.
 * Source: status/status_manager.go `SetContainerStartup`, `normalizeStatus`.
 */
export function setContainerStartup(
  pod: SyncedPod,
  status: PodStatus,
  id: string,
  started: boolean,
  at: Instant,
): PodStatus {
  const patched = patch(status, id, { started });
  return started ? patched : setContainerReadiness(pod, patched, id, false, at);
}

function patch(status: PodStatus, id: string, change: Partial<ContainerStatus>): PodStatus {
  const same = (each: ContainerStatus) =>
    Object.entries(change).every(([key, value]) => each[key as 'ready'] === value);
  const known = [...status.containerStatuses, ...status.initContainerStatuses].find(
    ({ containerID }) => containerID === id,
  );
  if (!known || same(known)) return status;
  const apply = (each: ContainerStatus) => (each === known ? { ...each, ...change } : each);
  return {
    ...status,
    containerStatuses: status.containerStatuses.map(apply),
    initContainerStatuses: status.initContainerStatuses.map(apply),
  };
}

/**
 * Returns the status of a pod that has just been created, before the kubelet has seen it: bound to its node, or not
 * with the reason `unschedulable`.
 *
 * Source: scheduler/schedule_one.go `handleSchedulingFailure`.
 */
export function createdStatus(
  at: Instant,
  qosClass: NonNullable<PodStatus['qosClass']>,
  unschedulable?: string,
): PodStatus {
  const lastTransitionTime = wholeSeconds(at);
  const scheduled = { type: 'PodScheduled', lastTransitionTime } as const;
  return {
    phase: 'Pending',
    ...(unschedulable === undefined && { startTime: wholeSeconds(at) }),
    conditions: [
      unschedulable === undefined
        ? { ...scheduled, status: 'True' }
        : { ...scheduled, status: 'False', reason: 'Unschedulable', message: unschedulable },
    ],
    initContainerStatuses: [],
    containerStatuses: [],
    qosClass,
  };
}
