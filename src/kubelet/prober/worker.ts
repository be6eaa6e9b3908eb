import { after, type Instant } from '../../clock/instant';
import type { Container, Probe } from '../../manifest/model';
import { isSidecar } from '../../manifest/model';
import { isTerminal } from '../../timeline/condition';
import type { ProbeType } from '../../timeline/event';
import type { ContainerStatus, PodStatus } from '../../timeline/podStatus';
import type { Behavior } from '../behavior/behavior';
import { containerShouldRestart } from '../container/helpers';
import type { InFlight, ProbeWorker } from '../state/probeWorker';
import type { ProbeOutcome } from '../state/protocol';
import type { PublishedResult } from '../state/results';
import type { SyncedPod } from '../state/syncedPod';

const SURVIVED_KUBELET_RESTART_MS = 10_000;
const MAX_TRIES = 3;

/** View of a worker when its turn comes: the published status, never the runtime. */
export interface WorkerView {
  readonly pod: SyncedPod;
  readonly status: PodStatus | undefined;
  /** True if the pod is over as far as the kubelet knows, regardless of the API. */
  readonly isOver: boolean;
  readonly behavior: Behavior;
  readonly kubeletStartedAt: Instant;
}

/** Result of one turn. `publish` names the container of the result: the worker's, once it has seen one. */
export interface WorkerTurn {
  readonly next: 'wait' | 'end' | 'probe';
  readonly worker: ProbeWorker;
  readonly publish?: PublishedResult;
  /** The id whose result is dropped, when another container took its place. */
  readonly drop?: string;
}

const INITIAL: Readonly<Record<ProbeType, PublishedResult>> = {
  liveness: 'Success',
  readiness: 'Failure',
  startup: 'Unknown',
};

export function newWorker(
  container: Container,
  type: ProbeType,
  probe: Probe,
  firstTickAt: Instant,
  madeWhileDeleting: boolean,
): ProbeWorker {
  return {
    container,
    type,
    probe,
    madeWhileDeleting,
    containerID: undefined,
    lastResult: undefined,
    resultRun: 0,
    onHold: false,
    nextTickAt: firstTickAt,
    tickKept: false,
    poked: false,
    inFlight: undefined,
  };
}

export function periodMs(worker: ProbeWorker): number {
  return Math.max(worker.probe.periodSeconds, 1) * 1000;
}

/**
 * Decides one turn of a worker: whether it probes, waits or ends, and what it publishes without a probe.
 *
 * Source: prober/worker.go `doProbe`, in its order.
 */
export function beginTick(worker: ProbeWorker, view: WorkerView, at: Instant): WorkerTurn {
  const { status } = view;
  if (!status) return { next: 'wait', worker };
  if (view.isOver || isTerminal(status.phase)) return { next: 'end', worker };
  const seen = containerStatusOf(status, worker.container.name);
  if (!seen?.containerID) return { next: 'wait', worker };

  if (worker.containerID !== seen.containerID)
    return considerProbing(...adopt(worker, seen, seen.containerID, view), seen, view, at);
  return considerProbing(worker, {}, seen, view, at);
}

type Published = Pick<WorkerTurn, 'publish' | 'drop'>;

/** Changes to another container: its results start over, the run counter does not. */
function adopt(worker: ProbeWorker, seen: ContainerStatus, id: string, view: WorkerView): [ProbeWorker, Published] {
  const initial = initialResult(worker, seen, view);
  const adopted = { ...worker, containerID: id, onHold: false };
  return [
    adopted,
    {
      ...(worker.containerID === undefined ? {} : { drop: worker.containerID }),
      ...(initial === undefined ? {} : { publish: initial }),
    },
  ];
}

/**
 * Returns the first result of a container. Since 1.35 a container that ran well before the kubelet keeps its result in
 * the API.
 */
function initialResult(worker: ProbeWorker, seen: ContainerStatus, view: WorkerView): PublishedResult | undefined {
  const startedAt = seen.state.running?.startedAt;
  const survived =
    view.behavior.trustsApiAfterRestart &&
    startedAt !== undefined &&
    view.kubeletStartedAt - startedAt > SURVIVED_KUBELET_RESTART_MS;
  if (!survived) return INITIAL[worker.type];
  return worker.type === 'startup' && isSidecar(worker.container) && seen.started ? 'Success' : undefined;
}

function considerProbing(
  worker: ProbeWorker,
  published: Published,
  seen: ContainerStatus,
  view: WorkerView,
  at: Instant,
): WorkerTurn {
  if (worker.onHold) return { next: 'wait', worker, ...published };
  const { running, terminated } = seen.state;
  if (!running) {
    const done = terminated !== undefined && !comesBack(worker.container, terminated.exitCode, view);
    return { next: done ? 'end' : 'wait', worker, ...published, publish: 'Failure' };
  }
  if (worker.madeWhileDeleting && worker.type !== 'readiness') {
    return { next: 'end', worker, ...published, publish: 'Success' };
  }
  const runningForSeconds = Math.trunc((at - running.startedAt) / 1000);
  const gated = worker.type === 'startup' ? seen.started === true : seen.started !== true;
  if (runningForSeconds < worker.probe.initialDelaySeconds || gated) return { next: 'wait', worker, ...published };
  return { next: 'probe', worker, ...published };
}

/** Returns whether an exited container will run again, as far as its worker cares: by the exit code only since 1.35. */
function comesBack(container: Container, exitCode: number, view: WorkerView): boolean {
  const { restartPolicy } = view.pod.spec;
  if (view.behavior.workerEndsByExitCode)
    return containerShouldRestart(container, restartPolicy, exitCode, view.behavior);
  return restartPolicy !== 'Never' || isSidecar(container);
}

function containerStatusOf(status: PodStatus, name: string): ContainerStatus | undefined {
  return (
    status.containerStatuses.find((each) => each.name === name) ??
    status.initContainerStatuses.find((each) => each.name === name)
  );
}

/** Returns whether an attempt that could not find out is repeated, immediately and up to three times in all. */
export function isTriedAgain(inFlight: InFlight, outcome: ProbeOutcome): boolean {
  return outcome.result === 'Errored' && inFlight.tries < MAX_TRIES;
}

/** Returns the result of an outcome: a warning is a success, and an error is ignored. Source: prober.go `probe`. */
export function countedResult(outcome: ProbeOutcome): 'Success' | 'Failure' | undefined {
  switch (outcome.result) {
    case 'Success':
    case 'Warning':
      return 'Success';
    case 'Errored':
      return undefined;
    default:
      return 'Failure';
  }
}

/**
 * Counts a probe's outcome and returns the published result: none below the threshold. A liveness failure and, since
 * 1.32, any result of a startup probe put the worker on hold until the container is another one, with its counter at 0.
 *
 * Source: prober/worker.go `doProbe`.
 */
export function recordResult(
  worker: ProbeWorker,
  outcome: ProbeOutcome,
  behavior: Behavior,
): { readonly worker: ProbeWorker; readonly run: number; readonly publish?: PublishedResult } {
  const result = countedResult(outcome);
  if (result === undefined) return { worker: { ...worker, inFlight: undefined }, run: 0 };
  const run = worker.lastResult === result ? worker.resultRun + 1 : 1;
  const decided = run >= thresholdOf(worker, result);
  const onHold =
    decided &&
    ((worker.type === 'liveness' && result === 'Failure') ||
      (worker.type === 'startup' && (result === 'Failure' || behavior.startupSuccessHolds)));
  const counted = { ...worker, inFlight: undefined, lastResult: result, resultRun: onHold ? 0 : run, onHold };
  return decided ? { worker: counted, run, publish: result } : { worker: counted, run };
}

export function thresholdOf(worker: ProbeWorker, result: 'Success' | 'Failure'): number {
  return result === 'Failure' ? worker.probe.failureThreshold : worker.probe.successThreshold;
}

/** Returns the next tick of a worker after `at`. */
export function nextTickAfter(worker: ProbeWorker, at: Instant): Instant {
  if (worker.nextTickAt > at) return worker.nextTickAt;
  const period = periodMs(worker);
  const missed = Math.floor((at - worker.nextTickAt) / period) + 1;
  return after(worker.nextTickAt, missed * period);
}
