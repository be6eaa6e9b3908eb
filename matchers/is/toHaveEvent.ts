import { hasEvent } from '../../src/assertions/events/events';
import { type AskedEvent, isEvent, nameEvent, wanted } from '../kernel/call/eventFilter';
import { now } from '../kernel/wait/now';

/** Holds if such an event is on record now, whenever it was. */
export const toHaveEvent = now<{ readonly event: AskedEvent }>({
  name: 'toHaveEvent',
  leading: ['event'],
  checks: { event: isEvent },
  expected: ({ event }) => `event ${nameEvent(event)}`,
  unexpected: ({ event }) => `no event ${nameEvent(event)}`,
  evaluate: (timeline, { event }) => hasEvent(timeline, wanted(event)),
});
