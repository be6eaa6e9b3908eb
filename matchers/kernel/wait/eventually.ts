import type { AssertionResult } from '../../../src/assertions/assertionResult';
import type { Pod, PodSpec } from '../../../src/manifest/model';
import type { Since } from '../../../src/timeline/since';
import type { Timeline } from '../../../src/timeline/timeline';
import type { BackOffRange } from '../../../src/timing/backOff';
import { fromStart, type WaitLimit } from '../../../src/timing/waits';
import type { WaitablePodRun } from '../../../src/waiting/podRun';
import type { LimitOrigin } from '../../../src/waiting/waitDeadline';
import { waitFor } from '../../../src/waiting/waitFor';
import { conclude } from './conclude';
import { failingOrder } from './inEveryOrder';
import { type MatcherSpec, podMatcher } from './podMatcher';
import { type OwnLimit, type Within, waitLimitOf } from './within';

export interface Waiting<Options> extends MatcherSpec<Options> {
  /** What is asked for, as it reads after `Expected:`. */
  readonly expected: (options: Options) => string;
  /** The same under `.not`. */
  readonly unexpected: (options: Options) => string;
  /** From when on things count. */
  readonly since: (timeline: Timeline, options: Options) => Since;
  readonly evaluate: (timeline: Timeline, since: Since, options: Options, pod: Pod) => AssertionResult;
  /** True if a simulated pod has to pass whatever the order of its probes' ticks is. */
  readonly isInEveryOrder?: boolean;
  /** Whether what containers write decides it as well. */
  readonly isAboutOutput?: boolean;
  /** The wait when none is asked for. */
  readonly limit: (spec: PodSpec, options: Options, backOff: BackOffRange | undefined) => WaitLimit;
  /** What that limit counts from. */
  readonly from: LimitOrigin | ((limit: WaitLimit) => LimitOrigin);
}

/**
 * A matcher that waits until its question is settled or its time is over, on the pod's clock. Under `.not` it passes
 * when the whole time went by without.
 */
export function eventually<Options extends Within>(matcher: Waiting<Options>) {
  return podMatcher(matcher, async (context, { call, rehearsal, options, stopped }) => {
    const isWaited = !rehearsal.ended || options.within !== undefined || options.withinMs !== undefined;
    const limit = waitLimitOf(options, () => ownLimit(matcher, rehearsal, options));
    const { isAboutOutput } = matcher;
    const since = matcher.since(rehearsal.timeline, options);
    const evaluate = (timeline: Timeline) => matcher.evaluate(timeline, since, options, rehearsal.pod);
    const from = rehearsal.timeline.now;
    const own = await waitFor({ rehearsal, limit: limit.wait, evaluate, stopped, isAboutOutput });
    const holds = own.result.outcome === 'passed' && !own.stop;
    const isAsked = matcher.isInEveryOrder === true && holds && !context.isNot;
    const other = isAsked
      ? await failingOrder({
          rehearsal,
          from,
          limit: limit.wait,
          evaluate: (timeline, since) => matcher.evaluate(timeline, since, options, rehearsal.pod),
          stopped,
        })
      : undefined;
    const waitResult = other
      ? { ...other.waitResult, result: { ...other.waitResult.result, remark: other.remark } }
      : own;
    const wanted = (context.isNot ? matcher.unexpected : matcher.expected)(options);
    // Nobody waits for a pod that is gone unless it is asked for.
    const expected = isWaited ? `${wanted} within ${limit.text}` : wanted;
    return conclude(context, { call, expected, rehearsal, waitResult });
  });
}

function ownLimit<Options>(
  { limit, from }: Waiting<Options>,
  { pod, backOff }: WaitablePodRun,
  options: Options,
): OwnLimit {
  const { spec } = pod;
  const own = limit(spec, options, backOff);
  const origin = typeof from === 'function' ? from(own) : from;
  // The postStart hooks have a limit of their own, and come first.
  return { limit: own, from: origin, shown: origin === 'start' ? fromStart(spec, own) : own };
}
