import type { KubeletEvent } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed } from '../assertionResult';
import { type EventFilter, isLike } from './events';

/** Passes if matching events occurred in this order. `named` contains the name of each in messages. */
export function hasEventsInOrder(
  timeline: Timeline,
  wanted: readonly EventFilter[],
  named: readonly string[],
): AssertionResult {
  const events = historyOf(timeline).kubeletEvents;
  let last: KubeletEvent | undefined;
  let from = 0;
  for (const [position, each] of wanted.entries()) {
    const index = events.findIndex((event, at) => at >= from && isLike(event, each));
    const found = events[index];
    if (!found) return missing(events, each, named, position, last);
    last = found;
    from = index + 1;
  }
  return makePassed(last, { kind: 'eventsInOrder', names: named });
}

/** Returns the missing event and the one before it. An earlier event of its kind came too soon. */
function missing(
  events: readonly KubeletEvent[],
  wanted: EventFilter,
  named: readonly string[],
  position: number,
  last: KubeletEvent | undefined,
): AssertionResult {
  const name = named[position] ?? '';
  const isTooSoon = events.some((event) => isLike(event, wanted));
  const received = { kind: 'missingEvent', name, after: named[position - 1] } as const;
  return makeFailed(last, received, isTooSoon ? { kind: 'eventTooSoon', name } : undefined);
}
