import { type Event, type EventOf, isA } from '../timeline/event';
import type { PodStatus } from '../timeline/podStatus';
import type { Since } from '../timeline/since';
import type { Timeline } from '../timeline/timeline';

/**
 * The status from which on something held that holds at `since`, or else the first one afterwards that has it; undefined
 * where neither is on record.
 */
export function heldFrom(
  timeline: Timeline,
  since: Since,
  holds: (status: PodStatus) => boolean,
): EventOf<'StatusPublished'> | undefined {
  const before = statuses(timeline.events.slice(0, since));
  const last = before.at(-1);
  if (last && holds(last.status)) return before[before.findLastIndex(({ status }) => !holds(status)) + 1];
  return statuses(timeline.events.slice(since)).find(({ status }) => holds(status));
}

function statuses(events: readonly Event[]): readonly EventOf<'StatusPublished'>[] {
  return events.filter((event) => isA('StatusPublished', event));
}
