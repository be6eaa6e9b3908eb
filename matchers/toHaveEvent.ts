import { hasEvent } from '../src/assertions/events/events';
import { now } from './kernel/now';
import { type AskedEvent, isEvent, named, wanted } from './kernel/wantedEvent';

/** Holds if such an event is on record now, whenever it was. */
export const toHaveEvent = now<{ readonly event: AskedEvent }>({
  name: 'toHaveEvent',
  leading: ['event'],
  checks: { event: isEvent },
  expected: ({ event }) => `event ${named(event)}`,
  unexpected: ({ event }) => `no event ${named(event)}`,
  judge: (timeline, { event }) => hasEvent(timeline, wanted(event)),
});
