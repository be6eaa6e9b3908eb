import type { AssertionResult } from '../../../src/assertions/assertionResult';
import type { Pod } from '../../../src/manifest/model';
import { historyOf } from '../../../src/timeline/history/podHistory';
import type { Timeline } from '../../../src/timeline/timeline';
import type { WaitablePodRun } from '../../../src/waiting/podRun';
import { phaseIn } from '../../../src/waiting/waitDeadline';
import type { WaitResult } from '../../../src/waiting/waitFor';
import { formatReceived } from '../../../src/wording/facts/received';
import { formatLimitStart, formatPhase, subjectOf } from '../../../src/wording/phase';
import { type Context, type Result, refuse } from '../call/context';
import { brokenMessage, failureMessage } from '../call/message';
import type { StopCause } from '../framework/pending';

export const OUT_OF_TIME =
  'The wait ended early because the test was about to run out of time; give it more: test(name, fn, 300_000).';

interface Waited {
  readonly call: string;
  readonly expected: string;
  readonly rehearsal: WaitablePodRun;
  readonly waitResult: WaitResult<StopCause>;
}

/** What a matcher that has waited tells Jest: whether it passes, and the message should that not be wanted. */
export async function conclude(context: Context, { call, expected, rehearsal, waitResult }: Waited): Promise<Result> {
  const { result, pod, timeline, stop } = waitResult;
  const pass = result.outcome === 'passed';
  if (stop === 'Abandoned') return { pass: !context.isNot, message: () => '' };
  const isRefused = pass === (context.isNot ?? false);
  const isChecked = isRefused || restsOnThePod(result);
  const noResult = whyUnknown(context, waitResult) ?? (isChecked ? await rehearsal.engineFailure?.() : undefined);
  if (noResult !== undefined) return refuse(context, brokenMessage(context, call, noResult, timeline));
  const isOver = stop !== undefined || result.outcome === 'pending';
  const notes = [...skippedTime(timeline), ...(isOver ? usedTime(waitResult) : []), ...(stop ? [OUT_OF_TIME] : [])];
  const message = () => failureMessage(context, { call, expected, result, timeline, pod, notes });
  // A window that was not watched to its end shows nothing under `.not`.
  return stop ? refuse(context, message()) : { pass, message };
}

/**
 * True if something that the pod did decided it. An engine that is being stopped has the pod do it, too: it signals the
 * containers once it takes no more connections, and still answers on those that it had.
 */
function restsOnThePod({ event, at }: AssertionResult): boolean {
  return event !== undefined || at !== undefined;
}

/** Nothing happened in time: where that is what is wanted, it is so however busy the machine was. */
function whyUnknown({ isNot }: Context, { result, unfair }: WaitResult<StopCause>): string | undefined {
  const { outcome, received } = result;
  if (outcome === 'unknown') return formatReceived(received);
  return outcome === 'pending' && !isNot ? unfair : undefined;
}

function skippedTime(timeline: Timeline): readonly string[] {
  const ms = historyOf(timeline).skips.reduce((sum, { byMs }) => sum + byMs, 0);
  return ms > 0 ? [`${Math.round(ms / 1000)}s of back-off skipped; skipBackOff: false waits them out`] : [];
}

/** The phase that used the time of a wait, or what its limit counts from once the containers run. */
function usedTime({ deadline, timeline, pod }: WaitResult<StopCause>): readonly string[] {
  if (!deadline) return phaseOfAskedTime(timeline, pod);
  const { phase, counts } = deadline;
  const note = phase.kind === 'running' ? formatLimitStart(phase, counts) : formatPhase(phase);
  return note === undefined ? [] : [note];
}

/** A record may begin late, so that it does not show what the engine did before. */
function phaseOfAskedTime(timeline: Timeline, { spec }: Pod): readonly string[] {
  const phase = phaseIn(timeline, spec);
  return phase.kind === 'running' || phase.kind === 'engine' ? [] : [`${subjectOf(phase)} used the time.`];
}
