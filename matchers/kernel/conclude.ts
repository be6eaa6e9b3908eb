import type { Judgement } from '../../src/judgements/judgement';
import type { Verdict } from '../../src/judgements/settle';
import type { Timeline } from '../../src/timeline/timeline';
import { type Context, type Result, refuse } from './context';
import { brokenMessage, failureMessage } from './message';
import type { Stop } from './pending';

export const OUT_OF_TIME =
  'The wait ended early because the test was about to run out of time; give it more: test(name, fn, 300_000).';

/** What a matcher that has waited tells Jest: whether it passes, and the message should that not be wanted. */
export function conclude(
  context: Context,
  call: string,
  expected: string,
  { judgement, pod, timeline, stop, unfair }: Verdict<Stop>,
): Result {
  const pass = judgement.outcome === 'holds';
  if (stop === 'Abandoned') return { pass: !context.isNot, message: () => '' };
  const noResult = judgement.outcome === 'broken' ? judgement.received : whyUnknown(context, judgement, unfair);
  if (noResult !== undefined) return refuse(context, brokenMessage(context, call, noResult, timeline));
  const notes = [...skippedTime(timeline), ...(stop ? [OUT_OF_TIME] : [])];
  const message = () => failureMessage(context, { call, expected, judgement, timeline, pod, notes });
  // A window that was not watched to its end shows nothing under `.not`.
  return stop ? refuse(context, message()) : { pass, message };
}

/** Nothing happened in time: where that is what is wanted, it is so however busy the machine was. */
function whyUnknown({ isNot }: Context, { outcome }: Judgement, unfair: string | undefined): string | undefined {
  return outcome === 'undecided' && !isNot ? unfair : undefined;
}

function skippedTime(timeline: Timeline): readonly string[] {
  const ms = timeline.of('TimeSkipped').reduce((sum, { byMs }) => sum + byMs, 0);
  return ms > 0 ? [`${Math.round(ms / 1000)} s of back-off skipped; skipBackOff: false waits them out`] : [];
}
