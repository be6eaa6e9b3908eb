import type { EventOf } from '../../timeline/event';
import { historyOf, type PodHistory } from '../../timeline/history/podHistory';
import type { PodStatus } from '../../timeline/podStatus';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';

/**
 * Returns the first status of the streak that matches at `since`, or else the first later status that matches, or undefined.
 * It skips outdated statuses, which still show a container as running after its exit, and those after the pod was removed.
 */
export function heldFrom(
  timeline: Timeline,
  since: Since,
  holds: (status: PodStatus) => boolean,
): EventOf<'StatusPublished'> | undefined {
  const history = historyOf(timeline);
  const shown = shownOf(history);
  const before = shown.filter((event) => history.placeOf(event) < since);
  const last = before.at(-1);
  if (last && holds(last.status) && !isOutdated(last.status, exitedBefore(since, history)))
    return before[before.findLastIndex(({ status }) => !holds(status)) + 1];
  return history.from(since, shown).find((event) => {
    return holds(event.status) && !isOutdated(event.status, exitedBefore(history.placeOf(event), history));
  });
}

/** Returns the last status before the pod was removed. */
export function shownLast(timeline: Timeline): PodStatus | undefined {
  return shownOf(historyOf(timeline)).at(-1)?.status;
}

/** True if the status before `since` does not show the exit of a container yet. */
export function isOutdatedAt(timeline: Timeline, since: Since): boolean {
  const history = historyOf(timeline);
  const last = history.published.findLast((event) => history.placeOf(event) < since);
  return last !== undefined && isOutdated(last.status, exitedBefore(since, history));
}

function isOutdated({ initContainerStatuses, containerStatuses }: PodStatus, exited: ReadonlySet<string>): boolean {
  return [...initContainerStatuses, ...containerStatuses].some(
    ({ state, containerID }) => state.running !== undefined && containerID !== undefined && exited.has(containerID),
  );
}

/** Returns the ids of the instances that had exited. */
function exitedBefore(place: Since, history: PodHistory): ReadonlySet<string> {
  return new Set(history.exits.filter((exit) => history.placeOf(exit) < place).map(({ id }) => id));
}

/** Returns the statuses before the pod was removed. */
function shownOf(history: PodHistory): readonly EventOf<'StatusPublished'>[] {
  const { published, removed } = history;
  return removed ? published.filter((event) => history.placeOf(event) < history.placeOf(removed)) : published;
}
