import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makePassed, makePending } from '../assertionResult';
import { type EventFilter, isLike, otherEvents } from './events';

/** Passes at the given number of matching events after `since`. */
export function emittedEvent(timeline: Timeline, since: Since, wanted: EventFilter, times = 1): AssertionResult {
  const history = historyOf(timeline);
  const events = history.from(since, history.kubeletEvents);
  const matching = events.filter((event) => isLike(event, wanted));
  const last = matching[times - 1];
  if (last) return makePassed(last, { kind: 'event', reason: last.kind, container: last.container });
  if (matching.length > 0) return makePending({ kind: 'fewer', of: 'event', count: matching.length });
  return makePending('noEvent', otherEvents(events, wanted).reason);
}
