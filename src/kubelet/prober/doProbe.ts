import { after, type Instant } from '../../clock/instant';
import type { Behavior } from '../behavior/behavior';
import { command, drawRun, type Effects, emit } from '../effects/effects';
import { type ProberState, type ProbeUpdate, replaceWorker } from '../state/proberState';
import type { InFlight, ProbeWorker } from '../state/probeWorker';
import type { ProbeOutcome } from '../state/protocol';
import { type PublishedResult, resultOf, withoutResult, withResult } from '../state/results';
import type { RuntimeState } from '../state/runtimeState';
import { probeEvent } from './probeEvents';
import {
  beginTick,
  countedResult,
  isTriedAgain,
  nextTickAfter,
  periodMs,
  recordResult,
  thresholdOf,
  type WorkerView,
} from './worker';

/** View of a worker, with the target of its probe. */
export interface ProberView extends WorkerView {
  readonly runtime: Pick<RuntimeState, 'sandbox'>;
}

/** Probes after one turn or response, and the result that the rest of the kubelet gets. */
export interface Probed {
  readonly prober: ProberState;
  readonly update?: ProbeUpdate;
}

/** Result of one turn of a worker. */
export interface ProbeTurn extends Probed {
  /** False if the worker is over. */
  readonly goesOn: boolean;
}

/**
 * Runs one turn of a worker: it publishes a result that needs no probe, or runs the probe.
 *
 * Source: prober/worker.go `doProbe`.
 */
export function doProbe(prober: ProberState, due: ProbeWorker, view: ProberView, out: Effects): ProbeTurn {
  const { next, worker, publish, drop } = beginTick(due, view, out.at);
  const results = drop === undefined ? prober.results : withoutResult(prober.results, drop, worker.type);
  const published = setResult({ ...prober, results }, worker, publish);
  const inFlight = next === 'probe' ? beginProbe(worker, view, out) : undefined;
  const ticked = { ...worker, ...ticker(due, view.behavior, out.at), inFlight };
  return { ...published, prober: replaceWorker(published.prober, due, ticked), goesOn: next !== 'end' };
}

/**
 * Returns a worker's ticker after its turn. A tick comes before a poke, which then waits for the next turn; since 1.32
 * a poke also restarts the ticker.
 *
 * Source: prober/worker.go `run`.
 */
function ticker(
  due: ProbeWorker,
  { manualTriggerRestartsTicker }: Behavior,
  at: Instant,
): Pick<ProbeWorker, 'nextTickAt' | 'tickKept' | 'poked'> {
  const ticked = due.tickKept || due.nextTickAt <= at;
  if (ticked) return { nextTickAt: nextTickAfter(due, at), tickKept: false, poked: due.poked };
  const nextTickAt = manualTriggerRestartsTicker ? after(at, periodMs(due)) : due.nextTickAt;
  return { nextTickAt, tickKept: false, poked: false };
}

/** Begins an attempt. A canceled one sends nothing, and `cancelExecProbes` ends it. */
function beginProbe(worker: ProbeWorker, view: ProberView, out: Effects): InFlight {
  return isCancelled(worker, view) ? { run: 0, startedAt: out.at, tries: 1 } : runProbe(worker, 1, view, out);
}

function runProbe(
  { container, type, probe, containerID }: ProbeWorker,
  tries: number,
  { runtime }: Pick<ProberView, 'runtime'>,
  out: Effects,
): InFlight {
  const run = drawRun(out);
  const podIP = runtime.sandbox?.podIP ?? '';
  command(out, { kind: 'RunProbe', run, id: containerID ?? '', container, type, probe, podIP });
  return { run, startedAt: out.at, tries };
}

/** Source: the container runtime's client, with gRPC's status of a cancelled context. */
const CANCELLED: ProbeOutcome = {
  result: 'Errored',
  state: 'unknown',
  output: 'rpc error: code = Canceled desc = context canceled',
};

type CancelView = Pick<ProberView, 'pod' | 'behavior'>;

/**
 * Returns whether an attempt errors immediately, because a deletion has canceled the context of the pod's exec probes.
 */
function isCancelled({ probe }: ProbeWorker, { pod, behavior }: CancelView): boolean {
  return probe.exec !== undefined && pod.deletion !== undefined && behavior.deletionCancelsExecProbes;
}

/**
 * Ends the exec probes of a deleted pod that run. An attempt that errors publishes nothing.
 *
 * Source: pod_workers.go `UpdatePod`, `cancelFn`.
 */
export function cancelExecProbes(prober: ProberState, view: CancelView, out: Effects): ProberState {
  if (!view.pod.deletion) return prober;
  return prober.workers.reduce(
    (rest, worker) =>
      worker.inFlight && isCancelled(worker, view)
        ? finishProbe(rest, worker, CANCELLED, worker.inFlight.startedAt, view.behavior, out).prober
        : rest,
    prober,
  );
}

/** Handles the outcome of a probe: it is tried again, or counted, reported and published. */
export function onProbeAnswered(
  prober: ProberState,
  { run, outcome }: { readonly run: number; readonly outcome: ProbeOutcome },
  view: Pick<ProberView, 'runtime' | 'behavior'>,
  out: Effects,
): Probed {
  const worker = prober.workers.find(({ inFlight }) => inFlight?.run === run);
  if (!worker?.inFlight) return { prober };
  const { inFlight } = worker;
  if (isTriedAgain(inFlight, outcome)) {
    const again = { ...runProbe(worker, inFlight.tries + 1, view, out), startedAt: inFlight.startedAt };
    return { prober: replaceWorker(prober, worker, { ...worker, inFlight: again }) };
  }
  return finishProbe(prober, worker, outcome, inFlight.startedAt, view.behavior, out);
}

/** Leaves out an attempt. It may have been a failure or a success, so it ends a row of either. */
export function onProbeUnjudged(prober: ProberState, run: number, at: Instant): ProberState {
  const worker = prober.workers.find(({ inFlight }) => inFlight?.run === run);
  if (!worker) return prober;
  const left = { ...worker, inFlight: undefined, lastResult: undefined, resultRun: 0 };
  return replaceWorker(prober, worker, keepTick(left, at));
}

/** Counts an outcome, reports it and publishes what it decides. */
function finishProbe(
  prober: ProberState,
  worker: ProbeWorker,
  outcome: ProbeOutcome,
  startedAt: Instant,
  behavior: Behavior,
  out: Effects,
): Probed {
  const recorded = recordResult(worker, outcome, behavior);
  const counted = countedResult(outcome);
  emit(out, {
    source: 'runtime',
    kind: 'ProbeFinished',
    at: out.at,
    container: worker.container.name,
    probe: worker.type,
    result: outcome.result === 'Unknown' ? 'Failure' : outcome.result,
    output: outcome.output,
    ...(outcome.failure && { failure: outcome.failure }),
    ...('response' in outcome && { response: outcome.response }),
    ...('redirectedTo' in outcome && { redirectedTo: outcome.redirectedTo }),
    tookMs: out.at - startedAt,
    run: recorded.run,
    threshold: counted === undefined ? 0 : thresholdOf(worker, counted),
  });
  probeEvent(worker, outcome, behavior, out);
  const rest = replaceWorker(prober, worker, keepTick(recorded.worker, out.at));
  return setResult(rest, worker, recorded.publish);
}

/** Keeps one of the ticks that came while the probe ran, as a Go ticker does. */
function keepTick(worker: ProbeWorker, at: Instant): ProbeWorker {
  return worker.nextTickAt > at ? worker : { ...worker, tickKept: true, nextTickAt: nextTickAfter(worker, at) };
}

/** Publishes a result for the worker's container. Only a change is news. Source: prober/results/results_manager.go `Set`. */
function setResult(
  prober: ProberState,
  { containerID: id, type }: ProbeWorker,
  result: PublishedResult | undefined,
): Probed {
  if (result === undefined || id === undefined || resultOf(prober.results, id, type) === result) return { prober };
  return { prober: { ...prober, results: withResult(prober.results, id, type, result) }, update: { type, id, result } };
}
