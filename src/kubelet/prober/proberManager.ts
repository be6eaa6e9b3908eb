import { after, type Instant } from '../../clock/instant';
import type { Container, Probe } from '../../manifest/model';
import { isSidecar } from '../../manifest/model';
import type { ProbeType } from '../../timeline/event';
import { shouldContainerBeRestarted } from '../container/helpers';
import { requestSync } from '../effects/podUpdates';
import { change, command, emit, nextRun, type Turn } from '../effects/turn';
import type { ProbeWorker } from '../state/probeWorker';
import type { ProbeOutcome } from '../state/protocol';
import { random } from '../state/random';
import { type PublishedResult, resultOf, withoutResult, withResult } from '../state/results';
import { isUsable, newestOf } from '../state/runtimeState';
import { publish } from '../status/publish';
import { setContainerReadiness, setContainerStartup } from '../status/statusManager';
import { probeEvent } from './probeEvents';
import {
  beginTick,
  countedResult,
  isTriedAgain,
  newWorker,
  nextTickAfter,
  periodMs,
  recordResult,
  thresholdOf,
} from './worker';

const TYPES: readonly ProbeType[] = ['startup', 'readiness', 'liveness'];

/**
 * Makes the workers that are missing, one per probe of a regular container or sidecar, before any container starts.
 *
 * A container that is dead for good gets none: its worker would end at its first turn.
 *
 * Source: prober/prober_manager.go `AddPod`.
 */
export function addPod(turn: Turn): void {
  const { pod, runtime, behavior } = turn.state;
  const probed = [...pod.spec.containers, ...pod.spec.initContainers.filter(isSidecar)];
  for (const container of probed) {
    const newest = newestOf(runtime, container.name);
    const isOver = newest?.state === 'exited' && !shouldContainerBeRestarted(container, pod, runtime, behavior);
    // A new sandbox starts it all the same.
    if (isOver && isUsable(runtime.sandbox)) continue;
    for (const type of TYPES) {
      const probe = container[`${type}Probe`];
      if (!probe) continue;
      if (!hasWorker(turn.state.workers, container.name, type)) addWorker(turn, container, type, probe);
      else if (!behavior.makesEveryMissingWorker) return;
    }
  }
}

export function hasWorker(workers: readonly ProbeWorker[], name: string, type: ProbeType): boolean {
  return workers.some((worker) => worker.container.name === name && worker.type === type);
}

function addWorker(turn: Turn, container: Container, type: ProbeType, probe: Probe): void {
  const { workers, pod } = turn.state;
  const worker = newWorker(container, type, probe, turn.at, pod.deletion !== undefined);
  change(turn, { workers: [...workers, { ...worker, nextTickAt: firstTickAt(turn, worker) }] });
}

/** Only a kubelet younger than one period spreads its first probes. Source: prober/worker.go `run`. */
function firstTickAt(turn: Turn, worker: ProbeWorker): Instant {
  const { kubeletStartedAt, random: seed, config } = turn.state;
  if (config.tickPhase !== undefined) return after(turn.at, Math.ceil(config.tickPhase * periodMs(worker)));
  if (turn.at - kubeletStartedAt >= periodMs(worker)) return turn.at;
  const [value, next] = random(seed);
  change(turn, { random: next });
  return after(turn.at, Math.floor(value * periodMs(worker)));
}

/** Lets every worker whose turn has come take it; one whose time is over goes, and its result with it. */
export function tickWorkers(turn: Turn): void {
  const due = turn.state.workers.filter((worker) => isDue(worker, turn.at));
  for (const worker of due.length > 1 ? inSomeOrder(turn, due) : due) {
    if (!doProbe(turn, worker)) removeWorker(turn, worker);
  }
}

/** Which of several workers looks first is chance on a node. Without a delay of its own they keep their order. */
function inSomeOrder(turn: Turn, workers: readonly ProbeWorker[]): readonly ProbeWorker[] {
  if (turn.state.config.profile.relistMs === 0) return workers;
  const drawn = workers.map((worker) => {
    const [value, next] = random(turn.state.random);
    change(turn, { random: next });
    return { worker, value };
  });
  return drawn.toSorted((a, b) => a.value - b.value).map(({ worker }) => worker);
}

function isDue(worker: ProbeWorker, at: Instant): boolean {
  return worker.inFlight === undefined && (worker.nextTickAt <= at || worker.tickKept || worker.poked);
}

/** When a worker's next turn comes, if nothing else happens. */
export function wakeWorkerAt(worker: ProbeWorker, now: Instant): Instant {
  if (worker.inFlight) return Number.POSITIVE_INFINITY as Instant;
  return worker.tickKept || worker.poked ? now : worker.nextTickAt;
}

/**
 * One turn of a worker: what it publishes without asking, and the probe it runs. Says whether it goes on.
 *
 * Source: prober/worker.go `doProbe`.
 */
export function doProbe(turn: Turn, due: ProbeWorker): boolean {
  const { next, worker, publish: result, drop } = beginTick(due, turn.state, turn.at);
  if (drop !== undefined) change(turn, { results: withoutResult(turn.state.results, drop, worker.type) });
  if (result !== undefined && worker.containerID !== undefined) publishResult(turn, worker, worker.containerID, result);
  const cancelled = next === 'probe' && isCancelled(turn, worker);
  const inFlight = next === 'probe' && !cancelled ? runProbe(turn, worker, 1) : undefined;
  const ticked = { ...worker, ...ticker(due, turn), inFlight };
  replaceWorker(turn, due, ticked);
  if (cancelled) finishProbe(turn, ticked, CANCELLED, turn.at);
  return next !== 'end';
}

/** Source: the container runtime's client, with gRPC's status of a cancelled context. */
const CANCELLED: ProbeOutcome = {
  result: 'Errored',
  state: 'unknown',
  output: 'rpc error: code = Canceled desc = context canceled',
};

/** Whether an attempt errors at once, because a deletion has cancelled the context of the pod's exec probes. */
function isCancelled({ state }: Turn, { probe }: ProbeWorker): boolean {
  return probe.exec !== undefined && state.pod.deletion !== undefined && state.behavior.deletionCancelsExecProbes;
}

/** Ends the exec probes that run when the pod is deleted. Source: pod_workers.go `UpdatePod`, `cancelFn`. */
export function cancelExecProbes(turn: Turn): void {
  for (const worker of turn.state.workers) {
    if (worker.inFlight && isCancelled(turn, worker)) finishProbe(turn, worker, CANCELLED, worker.inFlight.startedAt);
  }
}

/**
 * A worker's ticker after its turn. A tick comes before a poke, which then waits for the next turn; since 1.32 a poke
 * also restarts the ticker.
 *
 * Source: prober/worker.go `run`.
 */
function ticker(due: ProbeWorker, { at, state }: Turn): Pick<ProbeWorker, 'nextTickAt' | 'tickKept' | 'poked'> {
  const ticked = due.tickKept || due.nextTickAt <= at;
  if (ticked) return { nextTickAt: nextTickAfter(due, at), tickKept: false, poked: due.poked };
  const restarted = state.behavior.manualTriggerRestartsTicker;
  return { nextTickAt: restarted ? after(at, periodMs(due)) : due.nextTickAt, tickKept: false, poked: false };
}

function runProbe(turn: Turn, { container, type, probe, containerID }: ProbeWorker, tries: number) {
  const run = nextRun(turn);
  const podIP = turn.state.runtime.sandbox?.podIP ?? '';
  command(turn, { kind: 'RunProbe', run, id: containerID ?? '', container, type, probe, podIP });
  return { run, startedAt: turn.at, tries };
}

/** A probe has answered: it is tried again, or counted, told and published. */
export function onProbeAnswered(turn: Turn, run: number, outcome: ProbeOutcome): void {
  const worker = turn.state.workers.find(({ inFlight }) => inFlight?.run === run);
  if (!worker?.inFlight) return;
  const { inFlight } = worker;
  if (isTriedAgain(inFlight, outcome)) {
    const again = { ...runProbe(turn, worker, inFlight.tries + 1), startedAt: inFlight.startedAt };
    return replaceWorker(turn, worker, { ...worker, inFlight: again });
  }
  finishProbe(turn, worker, outcome, inFlight.startedAt);
}

/** An attempt is left out. It may have been a failure or a success, so it ends a row of either. */
export function onProbeUnjudged(turn: Turn, run: number): void {
  const worker = turn.state.workers.find(({ inFlight }) => inFlight?.run === run);
  if (!worker) return;
  const left = { ...worker, inFlight: undefined, lastResult: undefined, resultRun: 0 };
  replaceWorker(turn, worker, keepTick(left, turn.at));
}

/** Counts an outcome, tells of it and publishes what it decides. */
function finishProbe(turn: Turn, worker: ProbeWorker, outcome: ProbeOutcome, startedAt: Instant): void {
  const recorded = recordResult(worker, outcome, turn.state.behavior);
  replaceWorker(turn, worker, keepTick(recorded.worker, turn.at));
  const counted = countedResult(outcome);
  emit(turn, {
    source: 'runtime',
    kind: 'ProbeFinished',
    at: turn.at,
    container: worker.container.name,
    probe: worker.type,
    result: outcome.result === 'Unknown' ? 'Failure' : outcome.result,
    output: outcome.output,
    ...('response' in outcome && { response: outcome.response }),
    ...('redirectedTo' in outcome && { redirectedTo: outcome.redirectedTo }),
    tookMs: turn.at - startedAt,
    run: recorded.run,
    threshold: counted === undefined ? 0 : thresholdOf(worker, counted),
  });
  probeEvent(turn, worker.container, worker.type, outcome);
  if (recorded.publish !== undefined && worker.containerID !== undefined) {
    publishResult(turn, worker, worker.containerID, recorded.publish);
  }
}

/** Of the ticks that came while the probe ran one is kept, as a Go ticker keeps one. */
function keepTick(worker: ProbeWorker, at: Instant): ProbeWorker {
  return worker.nextTickAt > at ? worker : { ...worker, tickKept: true, nextTickAt: nextTickAfter(worker, at) };
}

/**
 * Publishes a worker's verdict. Listeners hear of changes only: readiness and startup are patched into the status at
 * once, a liveness failure asks for a sync.
 *
 * Source: prober/results/results_manager.go `Set`; kubelet.go `syncLoopIteration`, `handleProbeSync`.
 */
function publishResult(turn: Turn, { type }: ProbeWorker, id: string, result: PublishedResult): void {
  const { results, pod, status } = turn.state;
  if (resultOf(results, id, type) === result) return;
  change(turn, { results: withResult(results, id, type, result) });
  if (type === 'readiness') publish(turn, setContainerReadiness(pod, status, id, result === 'Success', turn.at));
  if (type === 'startup') publish(turn, setContainerStartup(pod, status, id, result === 'Success', turn.at));
  if (type !== 'liveness' || result === 'Failure') requestSync(turn);
}

/** Has the readiness of these containers tried at once. Source: prober/prober_manager.go `UpdatePodStatus`. */
export function triggerManually(turn: Turn, containers: readonly string[]): void {
  if (containers.length === 0) return;
  change(turn, {
    workers: turn.state.workers.map((worker) =>
      worker.type === 'readiness' && containers.includes(worker.container.name) ? { ...worker, poked: true } : worker,
    ),
  });
}

/**
 * Ends the liveness and startup workers of regular containers when the pod is being stopped. Sidecars' workers go on,
 * as in every kubelet up to 1.36; nothing acts on what they find.
 *
 * Source: prober/prober_manager.go `StopLivenessAndStartup`.
 */
export function stopLivenessAndStartup(turn: Turn): void {
  const regular = new Set(turn.state.pod.spec.containers.map(({ name }) => name));
  for (const worker of turn.state.workers) {
    if (worker.type !== 'readiness' && regular.has(worker.container.name)) removeWorker(turn, worker);
  }
}

/** Source: prober/prober_manager.go `RemovePod`. */
export function removeWorkers(turn: Turn): void {
  for (const worker of turn.state.workers) removeWorker(turn, worker);
}

/** A worker takes its result with it. */
export function removeWorker(turn: Turn, worker: ProbeWorker): void {
  const { workers, results } = turn.state;
  const containerID = workers.find((each) => isSame(each, worker))?.containerID;
  change(turn, {
    workers: workers.filter((each) => !isSame(each, worker)),
    ...(containerID === undefined ? {} : { results: withoutResult(results, containerID, worker.type) }),
  });
}

function replaceWorker(turn: Turn, old: ProbeWorker, worker: ProbeWorker): void {
  change(turn, { workers: turn.state.workers.map((each) => (isSame(each, old) ? worker : each)) });
}

function isSame(a: ProbeWorker, b: ProbeWorker): boolean {
  return a.container.name === b.container.name && a.type === b.type;
}
