import type { AssertionResult } from '../../../src/assertions/assertionResult';
import type { Duration } from '../../../src/clock/duration';
import type { Pod } from '../../../src/manifest/model';
import { type Since, START } from '../../../src/timeline/since';
import type { Timeline } from '../../../src/timeline/timeline';
import { waitFor } from '../../../src/waiting/waitFor';
import type { Expectation } from '../../../src/wording/expected/expectation';
import { formatExpected } from '../../../src/wording/expected/format';
import { Misuse } from '../call/misuse';
import { type Checks, skipCheck } from '../call/options';
import { conclude } from './conclude';
import { askedMs } from './duration';
import { type MatcherSpec, podMatcher } from './podMatcher';

/** Time to watch, on the pod's clock. */
export type Window =
  | { readonly for: Duration; readonly forMs?: undefined }
  | { readonly forMs: number; readonly for?: undefined };

/** Time to watch. A terminated pod needs none. */
export interface WindowOptions {
  /** Time to watch, on the pod's clock. Required while the pod is running. */
  readonly for?: Duration | undefined;
  /** The same time in milliseconds. */
  readonly forMs?: number | undefined;
}

export const WINDOW: Checks<WindowOptions> = { for: skipCheck, forMs: skipCheck };

export interface Watching<Options> extends MatcherSpec<Options> {
  /** The window is undefined for a terminated pod: the matcher checks its whole timeline. */
  readonly expected: (options: Options, windowMs: number | undefined) => Expectation;
  /** Returns the place in the timeline where the matcher begins to count, for a running pod. */
  readonly since: (timeline: Timeline, options: Options) => Since;
  /** Fails at the first violation, and stays pending until then. */
  readonly evaluate: (timeline: Timeline, since: Since, options: Options, pod: Pod) => AssertionResult;
  /** Returns the problem if the window showed nothing to check. The test then fails, with or without `.not`. */
  readonly findProblem?: (timeline: Timeline, since: Since) => string | undefined;
}

/**
 * Returns a matcher that watches the pod for a time, on the pod's clock, and stops at the first violation. Under `.not` it
 * waits for that violation, and for a terminated pod it checks the whole timeline.
 */
export function always<Options extends WindowOptions>(matcher: Watching<Options>) {
  return podMatcher(matcher, async (context, { call, podRun, options, stopped }) => {
    const hasTerminated = podRun.ended && !podRun.broken;
    const asked = askedMs('for', options.for, options.forMs);
    if (!hasTerminated && asked === undefined) throw new Misuse(missing(matcher));
    const since = hasTerminated ? START : matcher.since(podRun.timeline, options);
    const evaluate = (timeline: Timeline) => matcher.evaluate(timeline, since, options, podRun.pod);
    const waitResult = await waitFor({ podRun, limit: asked ?? 0, evaluate, stopped });
    const expectation = matcher.expected(options, hasTerminated ? undefined : asked);
    const expected = formatExpected(expectation, context.isNot ?? false);
    const { result, stop } = waitResult;
    const isWatched = result.outcome === 'pending' && !stop;
    const problem = isWatched ? matcher.findProblem?.(waitResult.timeline, since) : undefined;
    if (problem !== undefined) throw new Misuse(problem);
    const concluded = isWatched ? { ...waitResult, result: { ...result, outcome: 'passed' as const } } : waitResult;
    return conclude(context, { call, expected, podRun, waitResult: concluded });
  });
}

function missing({ name, leading = [] }: { readonly name: string; readonly leading?: readonly string[] }): string {
  const before = leading.map(() => '…, ').join('');
  return `${name} needs a duration while the pod is running, for example ${name}(${before}{ for: '1m' })`;
}
