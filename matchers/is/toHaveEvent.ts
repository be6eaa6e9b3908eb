import { hasEvent } from '../../src/assertions/events/events';
import { type EventFilterOrReason, isEvent, nameEvent, toEventFilter } from '../kernel/call/eventFilter';
import { now } from '../kernel/wait/now';

/** Passes if the event has occurred at any time so far. */
export const toHaveEvent = now<{ readonly event: EventFilterOrReason }>({
  name: 'toHaveEvent',
  leading: ['event'],
  checks: { event: isEvent },
  expected: ({ event }) => ({ kind: 'haveEvent', event: nameEvent(event) }),
  evaluate: (timeline, { event }) => hasEvent(timeline, toEventFilter(event)),
});
