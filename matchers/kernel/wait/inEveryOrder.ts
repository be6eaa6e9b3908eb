import type { AssertionResult } from '../../../src/assertions/assertionResult';
import type { Remark } from '../../../src/assertions/facts/remark';
import type { Instant } from '../../../src/clock/instant';
import { historyOf } from '../../../src/timeline/history/podHistory';
import type { Since } from '../../../src/timeline/since';
import type { Timeline } from '../../../src/timeline/timeline';
import type { WaitablePodRun } from '../../../src/waiting/podRun';
import { type Case, type WaitResult, waitFor } from '../../../src/waiting/waitFor';
import type { StopCause } from '../framework/pending';

export interface InEveryOrder {
  readonly podRun: WaitablePodRun;
  /** Start of the wait on the pod's clock. */
  readonly from: Instant;
  readonly limit: Case['limit'];
  readonly evaluate: (timeline: Timeline, since: Since) => AssertionResult;
  readonly stopped: Promise<StopCause>;
}

/**
 * Returns the result of the wait in the first order of probe ticks in which it fails, and the number of orders in which it
 * passes. Returns undefined if it passes in all of them.
 */
export async function failingOrder({
  podRun,
  from,
  limit,
  evaluate,
  stopped,
}: InEveryOrder): Promise<{ readonly waitResult: WaitResult<StopCause>; readonly remark: Remark } | undefined> {
  const orders = podRun.otherOrders?.() ?? [];
  const waitResults: WaitResult<StopCause>[] = [];
  for (const order of orders) {
    while (order.timeline.now < from && !order.ended) await order.progress(from);
    const since = historyOf(order.timeline).end;
    waitResults.push(
      await waitFor({ podRun: order, limit, evaluate: (timeline) => evaluate(timeline, since), stopped }),
    );
  }
  const passed = waitResults.filter(({ result }) => result.outcome === 'passed').length;
  const waitResult = waitResults.find(({ result }) => result.outcome !== 'passed');
  if (!waitResult) return undefined;
  return { waitResult, remark: { kind: 'probeOrders', passed, of: orders.length } };
}
