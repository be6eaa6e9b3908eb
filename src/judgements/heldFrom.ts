import { type Event, type EventOf, isA } from '../timeline/event';
import type { PodStatus } from '../timeline/podStatus';
import type { Since } from '../timeline/since';
import type { Timeline } from '../timeline/timeline';

/**
 * The status from which on something held that holds at `since`, or else the first one afterwards that has it; undefined
 * where neither is on record. Of a pod that has been removed nothing is shown any more.
 */
export function heldFrom(
  timeline: Timeline,
  since: Since,
  holds: (status: PodStatus) => boolean,
): EventOf<'StatusPublished'> | undefined {
  const removed = timeline.events.findIndex(({ kind }) => kind === 'PodRemoved');
  const shown = removed < 0 ? timeline.events : timeline.events.slice(0, removed);
  const before = statuses(shown.slice(0, since));
  const last = before.at(-1);
  if (last && holds(last.status)) return before[before.findLastIndex(({ status }) => !holds(status)) + 1];
  return statuses(shown.slice(since)).find(({ status }) => holds(status));
}

/** The last status of a pod that could be seen. */
export function shownLast(timeline: Timeline): PodStatus | undefined {
  const removed = timeline.of('PodRemoved')[0];
  if (!removed) return timeline.status;
  return statuses(timeline.events.slice(0, timeline.events.indexOf(removed))).at(-1)?.status;
}

function statuses(events: readonly Event[]): readonly EventOf<'StatusPublished'>[] {
  return events.filter((event) => isA('StatusPublished', event));
}
