import { isReady } from '../../timeline/condition';
import type { EventOf } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import { type Since, START } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePending } from '../assertionResult';
import { explainNotReady } from './notReadyReason';

/**
 * Fails when the pod is not Ready at `since` or stops being Ready before its deletion. If it counts from the start, the pod
 * must become Ready first, and a terminated pod that never did fails too.
 */
export function staysReady(timeline: Timeline, since: Since): AssertionResult {
  const history = historyOf(timeline);
  const published = history.published.map((event) => ({ event, index: history.placeOf(event) }));
  const end = endOf(timeline, since);
  const before = published.findLast(({ index }) => index < since);
  if (since !== START && !isReady(before?.event.status)) {
    return makeFailed(undefined, 'notReadyAtFirst', explainNotReady(timeline));
  }
  let ready = since !== START;
  for (const { event, index } of published) {
    if (index < since || index >= end) continue;
    const readyNow = isReady(event.status);
    if (ready && !readyNow) return lost(timeline, event);
    ready ||= readyNow;
  }
  if (ready) return makePending('readyAllTheTime');
  const removed = historyOf(timeline).removed;
  return makeFailed(removed, 'neverReady', removed ? undefined : explainNotReady(timeline));
}

/** Returns the place where checking ends. A deleted pod may become unready. */
function endOf(timeline: Timeline, since: Since): number {
  const history = historyOf(timeline);
  const deleted = history.placeOf(history.deletions[0]);
  return deleted < since ? history.end : deleted;
}

function lost(timeline: Timeline, event: EventOf<'StatusPublished'>): AssertionResult {
  return makeFailed(event, 'unready', explainNotReady(timeline.upTo(event.at)));
}
