import { hasEvent } from '../../src/assertions/events/events';
import { type AskedEvent, isEvent, nameEvent, wanted } from '../kernel/call/eventFilter';
import { now } from '../kernel/wait/now';

/** Passes if the event has occurred at any time so far. */
export const toHaveEvent = now<{ readonly event: AskedEvent }>({
  name: 'toHaveEvent',
  leading: ['event'],
  checks: { event: isEvent },
  expected: ({ event }) => ({ kind: 'haveEvent', event: nameEvent(event) }),
  evaluate: (timeline, { event }) => hasEvent(timeline, wanted(event)),
});
