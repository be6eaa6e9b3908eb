import type { Container, PodSpec, RestartPolicy } from '../../manifest/model';
import { isSidecar } from '../../manifest/model';
import type { ContainerStatus, PodPhase } from '../../timeline/podStatus';
import type { Behavior } from '../behavior/behavior';
import { containerShouldRestart, effectivePolicy } from '../container/helpers';
import { isRemovedForRestart } from './convertContainerStatuses';

export interface PhaseView {
  readonly spec: Pick<PodSpec, 'restartPolicy' | 'initContainers' | 'containers'>;
  /** Statuses of init and regular containers alike; a container without one is unknown. */
  readonly statuses: readonly ContainerStatus[];
  /** True if the pod's worker has stopped everything: nothing will be restarted. */
  readonly podIsTerminal: boolean;
  /** True if a regular container of the present sandbox has existed. */
  readonly podHasInitialized: boolean;
  readonly behavior: Behavior;
}

/**
 * Returns a pod's phase, by its containers' statuses. "Stopped" includes waiting with a last termination: a pod whose
 * only container is in CrashLoopBackOff is Running.
 *
 * Source: kubelet_pods.go `getPhase`.
 */
export function getPhase(view: PhaseView): PodPhase {
  const init = countInitContainers(view);
  if (init.failed > 0) return 'Failed';
  const { sidecarsPending, ...count } = countContainers(view);

  if (init.pending > 0 || (sidecarsPending > 0 && !view.podHasInitialized) || count.waiting > 0) return 'Pending';
  if (count.unknown > 0) return 'Pending';
  if (count.running > 0) return 'Running';
  if (count.stopped === 0) return 'Pending';
  if (!view.podIsTerminal && count.restarting > 0) return 'Running';
  return count.stopped === count.succeeded ? 'Succeeded' : 'Failed';
}

function countInitContainers({ spec, statuses, behavior }: PhaseView): { pending: number; failed: number } {
  let pending = 0;
  let failed = 0;
  const { restartPolicy } = spec;
  for (const container of spec.initContainers) {
    if (isSidecar(container)) continue;
    const status = statusOf(statuses, container);
    const exit = status?.state.terminated ?? (status?.state.waiting && status.lastState.terminated);
    if (!status || !exit) pending += 1;
    else if (
      exit.exitCode !== 0 &&
      !isRemovedForRestart(status) &&
      !containerShouldRestart(container, restartPolicy, exit.exitCode, behavior)
    )
      failed += 1;
  }
  return { pending, failed };
}

/** Returns whether a container waits after an exit: only if it will be restarted, unless nothing is ever restarted. */
function waitsForRestart(container: Container, policy: RestartPolicy, exitCode: number, behavior: Behavior): boolean {
  return (
    effectivePolicy(container, policy, behavior) !== 'Never' ||
    containerShouldRestart(container, policy, exitCode, behavior)
  );
}

function countContainers({ spec, statuses, behavior }: PhaseView) {
  const count = { running: 0, waiting: 0, stopped: 0, succeeded: 0, restarting: 0, unknown: 0, sidecarsPending: 0 };

  for (const sidecar of spec.initContainers.filter(isSidecar)) {
    const status = statusOf(statuses, sidecar);
    if (!status) count.unknown += 1;
    else if (status.state.running) {
      count.running += 1;
      if (!status.started) count.sidecarsPending += 1;
    } else if (status.state.waiting && !status.lastState.terminated) {
      count.waiting += 1;
      count.sidecarsPending += 1;
    } else if (!status.state.terminated && !status.state.waiting) {
      count.unknown += 1;
      count.sidecarsPending += 1;
    }
    // A sidecar's termination says nothing about the pod.
  }

  for (const container of spec.containers) {
    const status = statusOf(statuses, container);
    if (status?.state.running) count.running += 1;
    else if (status?.state.terminated) {
      const { exitCode } = status.state.terminated;
      count.stopped += 1;
      if (exitCode === 0) count.succeeded += 1;
      if (containerShouldRestart(container, spec.restartPolicy, exitCode, behavior)) count.restarting += 1;
    } else if (status?.state.waiting && status.lastState.terminated) {
      count.stopped += 1;
      const { exitCode } = status.lastState.terminated;
      if (isRemovedForRestart(status) || waitsForRestart(container, spec.restartPolicy, exitCode, behavior)) {
        count.restarting += 1;
      }
    } else if (status?.state.waiting) count.waiting += 1;
    else count.unknown += 1;
  }
  return count;
}

function statusOf(statuses: readonly ContainerStatus[], container: Container): ContainerStatus | undefined {
  return statuses.find(({ name }) => name === container.name);
}
