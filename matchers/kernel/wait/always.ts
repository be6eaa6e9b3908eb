import type { AssertionResult } from '../../../src/assertions/assertionResult';
import type { Duration } from '../../../src/clock/duration';
import type { Pod } from '../../../src/manifest/model';
import { type Since, START } from '../../../src/timeline/since';
import type { Timeline } from '../../../src/timeline/timeline';
import { waitFor } from '../../../src/waiting/waitFor';
import { formatDuration } from '../../../src/wording/durations';
import { Misuse } from '../call/misuse';
import { type Checks, unchecked } from '../call/options';
import { conclude } from './conclude';
import { askedMs } from './duration';
import { type MatcherSpec, podMatcher } from './podMatcher';

/** Time to watch, on the pod's clock. */
export type Window =
  | { readonly for: Duration; readonly forMs?: undefined }
  | { readonly forMs: number; readonly for?: undefined };

/** Time to watch. A terminated pod needs none. */
export interface AskedWindow {
  /** Time to watch, on the pod's clock. Required while the pod is running. */
  readonly for?: Duration | undefined;
  /** The same time in milliseconds. */
  readonly forMs?: number | undefined;
}

export const WINDOW: Checks<AskedWindow> = { for: unchecked, forMs: unchecked };

export interface Watching<Options> extends MatcherSpec<Options> {
  /**
   * What is asked for, as it reads after `Expected:`, with the time watched: `1m`; undefined when the whole life of a
   * pod that is gone is judged.
   */
  readonly expected: (options: Options, window: string | undefined) => string;
  /** The same under `.not`. */
  readonly unexpected: (options: Options, window: string | undefined) => string;
  /** From when on things count while the pod lives; of one that is gone, the whole record does. */
  readonly since: (timeline: Timeline, options: Options) => Since;
  /** Failed by the first thing that must not be; pending until then. */
  readonly evaluate: (timeline: Timeline, since: Since, options: Options, pod: Pod) => AssertionResult;
  /** Why nothing was watched, where there was nothing to watch: no verdict then, under `.not` as well. */
  readonly vacuous?: (timeline: Timeline, since: Since) => string | undefined;
}

/**
 * A matcher that watches for a whole window, on the pod's clock, and holds when it ends without a violation; the first
 * one ends it at once. Under `.not` it waits for that.
 *
 * A pod that is gone does nothing any more: it is judged by its whole record.
 */
export function always<Options extends AskedWindow>(matcher: Watching<Options>) {
  return podMatcher(matcher, async (context, { call, rehearsal, options, stopped }) => {
    const isGone = rehearsal.ended && !rehearsal.broken;
    const asked = askedMs('for', options.for, options.forMs);
    if (!isGone && asked === undefined) throw new Misuse(missing(matcher));
    const since = isGone ? START : matcher.since(rehearsal.timeline, options);
    const evaluate = (timeline: Timeline) => matcher.evaluate(timeline, since, options, rehearsal.pod);
    const waitResult = await waitFor({ rehearsal, limit: asked ?? 0, evaluate, stopped });
    const window = isGone || asked === undefined ? undefined : formatDuration(asked);
    const expected = (context.isNot ? matcher.unexpected : matcher.expected)(options, window);
    const { result, stop } = waitResult;
    const isWatched = result.outcome === 'pending' && !stop;
    const nothing = isWatched ? matcher.vacuous?.(waitResult.timeline, since) : undefined;
    if (nothing !== undefined) throw new Misuse(nothing);
    const concluded = isWatched ? { ...waitResult, result: held(result) } : waitResult;
    return conclude(context, { call, expected, rehearsal, waitResult: concluded });
  });
}

/** Nothing spoke against it until the end. */
function held(result: AssertionResult): AssertionResult {
  return { ...result, outcome: 'passed' };
}

function missing({ name, leading = [] }: { readonly name: string; readonly leading?: readonly string[] }): string {
  const before = leading.map(() => '…, ').join('');
  return `it watches a pod that lives, so it has to be told for how long: ${name}(${before}{ for: '1m' })`;
}
