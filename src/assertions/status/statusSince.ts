import { type Event, type EventOf, isA } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { PodStatus } from '../../timeline/podStatus';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';

/**
 * The status from which on something held that holds at `since`, or else the first one afterwards that has it; undefined
 * where neither is on record. Of a pod that has been removed nothing is shown any more.
 *
 * A status that still shows a container as running after its exit is outdated, and shows nothing either.
 */
export function heldFrom(
  timeline: Timeline,
  since: Since,
  holds: (status: PodStatus) => boolean,
): EventOf<'StatusPublished'> | undefined {
  const removed = timeline.events.findIndex(({ kind }) => kind === 'PodRemoved');
  const shown = removed < 0 ? timeline.events : timeline.events.slice(0, removed);
  const past = shown.slice(0, since);
  const before = statuses(past);
  const last = before.at(-1);
  if (last && holds(last.status) && !isOutdated(last.status, exitsIn(past)))
    return before[before.findLastIndex(({ status }) => !holds(status)) + 1];
  const exited = exitsIn(past);
  for (const event of shown.slice(since)) {
    if (isA('ContainerExited', event)) exited.add(event.id);
    if (isA('StatusPublished', event) && holds(event.status) && !isOutdated(event.status, exited)) return event;
  }
  return undefined;
}

/** The last status of a pod that could be seen. */
export function shownLast(timeline: Timeline): PodStatus | undefined {
  const removed = historyOf(timeline).removed;
  if (!removed) return timeline.status;
  return statuses(timeline.events.slice(0, historyOf(timeline).placeOf(removed))).at(-1)?.status;
}

/** True if the status before `since` does not show yet that a container has exited. */
export function isOutdatedAt({ events }: Timeline, since: Since): boolean {
  const past = events.slice(0, since);
  const last = statuses(past).at(-1);
  return last !== undefined && isOutdated(last.status, exitsIn(past));
}

function isOutdated({ initContainerStatuses, containerStatuses }: PodStatus, exited: ReadonlySet<string>): boolean {
  return [...initContainerStatuses, ...containerStatuses].some(
    ({ state, containerID }) => state.running !== undefined && containerID !== undefined && exited.has(containerID),
  );
}

function exitsIn(events: readonly Event[]): Set<string> {
  return new Set(events.flatMap((event) => (isA('ContainerExited', event) ? [event.id] : [])));
}

function statuses(events: readonly Event[]): readonly EventOf<'StatusPublished'>[] {
  return events.filter((event) => isA('StatusPublished', event));
}
