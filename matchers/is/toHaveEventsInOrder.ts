import { hasEventsInOrder } from '../../src/assertions/events/eventsInOrder';
import { type EventFilterOrReason, isEvent, nameEvent, toEventFilter } from '../kernel/call/eventFilter';
import { type ArgumentCheck, mustBe } from '../kernel/call/options';
import { now } from '../kernel/wait/now';

const areEvents: ArgumentCheck = (value, name, pod) => {
  if (!Array.isArray(value) || value.length === 0) return mustBe(name, 'a list of events', value);
  return value.map((each, index) => isEvent(each, `${name}[${index}]`, pod)).find((wrong) => wrong !== undefined);
};

/** Passes if the events have occurred in this order so far. Other events may be between them. */
export const toHaveEventsInOrder = now<{ readonly events: readonly EventFilterOrReason[] }>({
  name: 'toHaveEventsInOrder',
  leading: ['events'],
  checks: { events: areEvents },
  expected: ({ events }) => ({ kind: 'haveEventsInOrder', events: events.map(nameEvent) }),
  evaluate: (timeline, { events }) => hasEventsInOrder(timeline, events.map(toEventFilter), events.map(nameEvent)),
});
