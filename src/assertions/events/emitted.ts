import pluralize from 'pluralize';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, passed, pending } from '../assertionResult';
import { type EventFilter, isLike } from './events';

/** Passes at the event that makes the number asked for after `since`. */
export function emittedEvent(timeline: Timeline, since: Since, wanted: EventFilter, times = 1): AssertionResult {
  const history = historyOf(timeline);
  const events = history.from(since, history.kubeletEvents);
  const matching = events.filter((event) => isLike(event, wanted));
  const last = matching[times - 1];
  if (last) return passed(last, `${last.kind} of ${last.container ?? 'the pod'}`);
  if (matching.length > 0) return pending(`only ${pluralize('such event', matching.length, true)}`);
  const alike = events.filter((event) => event.kind === wanted.reason);
  const reasons = [...new Set(events.map(({ kind }) => kind))];
  if (alike.length > 0) return pending('no such event', `${alike.length} of that reason, none like it`);
  return pending('no such event', reasons.length > 0 ? `only ${reasons.join(', ')}` : 'none at all');
}
