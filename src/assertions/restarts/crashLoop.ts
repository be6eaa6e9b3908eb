import type { Pod } from '../../manifest/model';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import { noMoreStarts } from '../status/noMoreStarts';

/** Filter for containers in CrashLoopBackOff. */
export interface CrashLoopFilter {
  /** Default: any container. */
  readonly container?: string | undefined;
  /** Number of times. Default: 1. */
  readonly times?: number | undefined;
}

/** Passes when back-off has delayed a start the given number of times after `since`. Fails when nothing starts any more. */
export function enteredCrashLoopBackOff(
  timeline: Timeline,
  since: Since,
  { container: wanted, times = 1 }: CrashLoopFilter,
  pod: Pod,
): AssertionResult {
  const history = historyOf(timeline);
  const waits = history.crashLoopWaits.filter(
    ({ refused, container }) => history.isFrom(since, refused) && (wanted ?? container) === container,
  );
  const entered = waits[times - 1];
  if (entered) {
    const { container, refused } = entered;
    return makePassed(refused, { kind: 'crashLoop', container, delayMs: refused.delayMs });
  }
  const received = { kind: 'fewer', of: 'crashLoop', count: waits.length } as const;
  const over = noMoreStarts(timeline, pod, wanted);
  if (over) return makeFailed(over.event, received, over.reason);
  return makePending(received, { kind: 'restartsWithoutBackOff', count: countRestarts(timeline, since, wanted) });
}

function countRestarts(timeline: Timeline, since: Since, wanted: string | undefined): number {
  const history = historyOf(timeline);
  return history.restarts.filter(
    ({ started, container }) => history.isFrom(since, started) && (wanted ?? container) === container,
  ).length;
}
