import type { AssertionResult } from '../../../src/assertions/assertionResult';
import type { Pod, PodSpec } from '../../../src/manifest/model';
import type { Since } from '../../../src/timeline/since';
import type { Timeline } from '../../../src/timeline/timeline';
import type { BackOffRange } from '../../../src/timing/backOff';
import { fromStart, type WaitLimit } from '../../../src/timing/waits';
import type { WaitablePodRun } from '../../../src/waiting/podRun';
import type { LimitOrigin } from '../../../src/waiting/waitDeadline';
import { waitFor } from '../../../src/waiting/waitFor';
import type { Expectation } from '../../../src/wording/expected/expectation';
import { formatExpected } from '../../../src/wording/expected/format';
import { conclude } from './conclude';
import { failingOrder } from './inEveryOrder';
import { type MatcherSpec, podMatcher } from './podMatcher';
import { type OwnLimit, type Within, waitLimitOf } from './within';

export interface Waiting<Options> extends MatcherSpec<Options> {
  readonly expected: (options: Options, pod: Pod) => Expectation;
  /** Returns the place in the timeline where the matcher begins to count. */
  readonly since: (timeline: Timeline, options: Options) => Since;
  readonly evaluate: (timeline: Timeline, since: Since, options: Options, pod: Pod) => AssertionResult;
  /** True if a simulated pod has to pass whatever the order of its probes' ticks is. */
  readonly isInEveryOrder?: boolean;
  /** True if the output of containers can decide it. */
  readonly isAboutOutput?: boolean;
  /** Returns the default limit. */
  readonly limit: (spec: PodSpec, options: Options, backOff: BackOffRange | undefined) => WaitLimit;
  /** Origin of the default limit. */
  readonly from: LimitOrigin | ((limit: WaitLimit) => LimitOrigin);
}

/**
 * Returns a matcher that waits on the pod's clock until its assertion settles or the limit is reached. Under `.not` it passes
 * if the assertion does not pass within the limit.
 */
export function eventually<Options extends Within>(matcher: Waiting<Options>) {
  return podMatcher(matcher, async (context, { call, podRun, options, stopped }) => {
    const isWaited = !podRun.ended || options.within !== undefined || options.withinMs !== undefined;
    const limit = waitLimitOf(options, () => ownLimit(matcher, podRun, options));
    const { isAboutOutput } = matcher;
    const since = matcher.since(podRun.timeline, options);
    const evaluate = (timeline: Timeline) => matcher.evaluate(timeline, since, options, podRun.pod);
    const from = podRun.timeline.now;
    const own = await waitFor({ podRun, limit: limit.wait, evaluate, stopped, isAboutOutput });
    const holds = own.result.outcome === 'passed' && !own.stop;
    const isAsked = matcher.isInEveryOrder === true && holds && !context.isNot;
    const other = isAsked
      ? await failingOrder({
          podRun,
          from,
          limit: limit.wait,
          evaluate: (timeline, since) => matcher.evaluate(timeline, since, options, podRun.pod),
          stopped,
        })
      : undefined;
    const waitResult = other
      ? { ...other.waitResult, result: { ...other.waitResult.result, remark: other.remark } }
      : own;
    const sentence = formatExpected(matcher.expected(options, podRun.pod), context.isNot ?? false);
    // For a terminated pod the default limit has no effect, so the message leaves it out.
    const expected = isWaited ? `${sentence} within ${limit.text}` : sentence;
    return conclude(context, { call, expected, podRun, waitResult });
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
  // The postStart hooks run first and have their own limit.
  return { limit: own, from: origin, shown: origin === 'start' ? fromStart(spec, own) : own };
}
