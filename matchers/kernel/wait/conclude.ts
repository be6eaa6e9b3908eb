import type { AssertionResult } from '../../../src/assertions/assertionResult';
import type { Pod } from '../../../src/manifest/model';
import { historyOf } from '../../../src/timeline/history/podHistory';
import type { Timeline } from '../../../src/timeline/timeline';
import type { WaitablePodRun } from '../../../src/waiting/podRun';
import { phaseIn } from '../../../src/waiting/waitDeadline';
import type { WaitResult } from '../../../src/waiting/waitFor';
import { formatNote } from '../../../src/wording/facts/note';
import { formatReceived } from '../../../src/wording/facts/received';
import { formatLimitStart, formatPhase, formatUsedTime } from '../../../src/wording/phase';
import { type Context, type Result, refuse } from '../call/context';
import { abortedMessage, failureMessage } from '../call/message';
import type { StopCause } from '../framework/pending';

interface Waited {
  readonly call: string;
  readonly expected: string;
  readonly podRun: WaitablePodRun;
  readonly waitResult: WaitResult<StopCause>;
}

/** Returns the result of a wait in the form that Jest needs. */
export async function conclude(context: Context, { call, expected, podRun, waitResult }: Waited): Promise<Result> {
  const { result, pod, timeline, stop } = waitResult;
  const pass = result.outcome === 'passed';
  if (stop === 'Abandoned') return { pass: !context.isNot, message: () => '' };
  const isFailure = pass === (context.isNot ?? false);
  const isChecked = isFailure || isDecidedByPod(result);
  const abort = findAbort(context, waitResult) ?? (isChecked ? await podRun.engineFailure?.() : undefined);
  if (abort !== undefined) return refuse(context, abortedMessage(context, call, abort, timeline));
  const isOver = stop !== undefined || result.outcome === 'pending';
  const notes = [
    ...skippedTime(timeline),
    ...(isOver ? usedTime(waitResult) : []),
    ...(stop ? [formatNote({ kind: 'outOfTime' })] : []),
  ];
  const message = () => failureMessage(context, { call, expected, result, timeline, pod, notes });
  // A wait that stopped early shows nothing, so it fails under `.not` too.
  return stop ? refuse(context, message()) : { pass, message };
}

/**
 * True if an event of the pod decided the result. A container engine that is shutting down signals its containers, so such
 * an event may come from the engine and not from the app.
 */
function isDecidedByPod({ event, at }: AssertionResult): boolean {
  return event !== undefined || at !== undefined;
}

/** Returns why there is no result. Under `.not` a missing event is a result, even on an overloaded machine. */
function findAbort({ isNot }: Context, { result, unfair }: WaitResult<StopCause>): string | undefined {
  const { outcome, received } = result;
  if (outcome === 'unknown') return formatReceived(received);
  return outcome === 'pending' && !isNot ? unfair : undefined;
}

function skippedTime(timeline: Timeline): readonly string[] {
  const ms = historyOf(timeline).skips.reduce((sum, { byMs }) => sum + byMs, 0);
  return ms > 0 ? [formatNote({ kind: 'backOffSkipped', skippedMs: ms })] : [];
}

/** Returns the phase that used the time of a wait, or the origin of its limit once the containers run. */
function usedTime({ deadline, timeline, pod }: WaitResult<StopCause>): readonly string[] {
  if (!deadline) return phaseOfAskedTime(timeline, pod);
  const { phase, counts } = deadline;
  const note = phase.kind === 'running' ? formatLimitStart(phase, counts) : formatPhase(phase);
  return note === undefined ? [] : [note];
}

/** Returns the phase that used a limit given by the test. A timeline that begins late does not show the engine's part. */
function phaseOfAskedTime(timeline: Timeline, { spec }: Pod): readonly string[] {
  const phase = phaseIn(timeline, spec);
  return phase.kind === 'running' || phase.kind === 'engine' ? [] : [formatUsedTime(phase)];
}
