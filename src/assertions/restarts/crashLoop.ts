import pluralize from 'pluralize';
import { goDuration } from '../../clock/goDuration';
import type { Pod } from '../../manifest/model';
import type { CrashLoopWait } from '../../timeline/history/crashLoopWaits';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed, passed, pending } from '../assertionResult';
import { noMoreStarts } from '../status/noMoreStarts';

/** Which container has to wait for its next start, and how often. */
export interface CrashLoopFilter {
  /** Of this container; of any when absent. */
  readonly container?: string | undefined;
  /** This many times; one when absent. */
  readonly times?: number | undefined;
}

/** Passes when back-off refuses a start, as often as asked after `since`; fails once nothing is started any more. */
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
  if (entered) return passed(entered.refused, `${entered.container} in CrashLoopBackOff${delayWords(entered)}`);
  const received =
    waits.length === 0 ? 'no CrashLoopBackOff' : `CrashLoopBackOff only ${pluralize('time', waits.length, true)}`;
  const over = noMoreStarts(timeline, pod, wanted);
  return over ? failed(over.event, received, over.why) : pending(received, restartWords(timeline, since, wanted));
}

function delayWords({ refused: { delayMs } }: CrashLoopWait): string {
  return delayMs === undefined ? '' : ` (back-off ${goDuration(delayMs)})`;
}

function restartWords(timeline: Timeline, since: Since, wanted: string | undefined): string {
  const history = historyOf(timeline);
  const restarts = history.restarts.filter(
    ({ started, container }) => history.isFrom(since, started) && (wanted ?? container) === container,
  );
  return restarts.length === 0
    ? 'nothing was restarted'
    : `${pluralize('restart', restarts.length, true)} came without it`;
}
