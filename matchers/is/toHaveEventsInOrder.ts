import { inspect } from 'node:util';
import { hasEventsInOrder } from '../../src/assertions/events/eventsInOrder';
import { type AskedEvent, isEvent, nameEvent, wanted } from '../kernel/call/eventFilter';
import type { ArgumentCheck } from '../kernel/call/options';
import { now } from '../kernel/wait/now';

const areEvents: ArgumentCheck = (value, pod) => {
  if (!Array.isArray(value) || value.length === 0) return `${inspect(value)} is no list of events`;
  return value.map((each) => isEvent(each, pod)).find((wrong) => wrong !== undefined);
};

/** Holds if such events are on record now in that order, whatever else between them. */
export const toHaveEventsInOrder = now<{ readonly events: readonly AskedEvent[] }>({
  name: 'toHaveEventsInOrder',
  leading: ['events'],
  checks: { events: areEvents },
  expected: ({ events }) => `events ${events.map(nameEvent).join(', then ')}`,
  unexpected: ({ events }) => `no events ${events.map(nameEvent).join(', then ')}`,
  evaluate: (timeline, { events }) => hasEventsInOrder(timeline, events.map(wanted), events.map(nameEvent)),
});
