import type { Instant } from '../../clock/instant';
import type { Container } from '../../manifest/model';
import { isSidecar } from '../../manifest/model';
import type { ProbeType } from '../../timeline/event';
import type { ContainerStatus } from '../../timeline/podStatus';
import type { Behavior } from '../behavior/behavior';
import { type Results, resultOf } from '../state/results';

export interface ReadinessView {
  readonly results: Results;
  readonly hasWorker: (container: string, type: ProbeType) => boolean;
  readonly behavior: Behavior;
  readonly kubeletStartedAt: Instant;
  /** Statuses in the API: since 1.35 a kubelet that has just started trusts it for containers that ran before. */
  readonly before: readonly ContainerStatus[];
}

/** Status with `started` and `ready` filled in, and whether its readiness probe runs immediately. */
export interface ProbedStatus {
  readonly status: ContainerStatus;
  readonly poke: boolean;
}

/**
 * Returns whether a container is started and ready, by the published results of its probe workers except liveness. A
 * container without a readiness probe is ready once it is started; one whose readiness has not succeeded has its probe
 * poked.
 *
 * Source: prober/prober_manager.go `UpdatePodStatus`, `isContainerStarted`.
 */
export function updateStatus(
  container: Container,
  isInit: boolean,
  status: ContainerStatus,
  view: ReadinessView,
): ProbedStatus {
  const started = isStarted(status, view);
  if (isInit && !isSidecar(container)) {
    const ready = status.ready || status.state.terminated?.exitCode === 0;
    return { status: { ...status, started, ready }, poke: false };
  }
  if (!started) return { status: { ...status, started, ready: false }, poke: false };
  const ready = isReady(container, status, view);
  return { status: { ...status, started, ready }, poke: !ready && view.hasWorker(status.name, 'readiness') };
}

function isReady(container: Container, status: ContainerStatus, view: ReadinessView): boolean {
  const result = resultOf(view.results, status.containerID, 'readiness');
  if (result !== undefined) return result === 'Success';
  if (container.readinessProbe && outlivedKubelet(status, view)) return inApi(status, view)?.ready === true;
  return !view.hasWorker(status.name, 'readiness');
}

function isStarted(status: ContainerStatus, view: ReadinessView): boolean {
  if (!status.state.running) return false;
  const result = resultOf(view.results, status.containerID, 'startup');
  if (result !== undefined) return result === 'Success';
  // Only a status whose `started` is carried over has one here.
  if (status.started === true || !view.hasWorker(status.name, 'startup')) return true;
  return outlivedKubelet(status, view) && inApi(status, view)?.started === true;
}

function outlivedKubelet(status: ContainerStatus, view: ReadinessView): boolean {
  const startedAt = status.state.running?.startedAt;
  return startedAt !== undefined && startedAt < view.kubeletStartedAt && view.behavior.trustsApiAfterRestart;
}

/** Returns the API's status of this very instance. */
function inApi(status: ContainerStatus, view: ReadinessView): ContainerStatus | undefined {
  return view.before.find(({ containerID }) => containerID !== undefined && containerID === status.containerID);
}
