import type { Pod } from '../../manifest/model';
import { isTerminal } from '../../timeline/condition';
import { containerStatusOf } from '../../timeline/containerStatus';
import type { Event, EventKind } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { PodStatus } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';
import type { Reason } from '../facts/reason';
import { hasEndedForGood } from './noMoreStarts';
import { startTrouble } from './startFailure';

export interface Obstacle {
  readonly reason: Reason;
  readonly event: Event | undefined;
}

/**
 * What keeps the pod from ever becoming Ready, however long one waits; undefined while it still may. Of a pod whose spec
 * is given, that one of its containers has ended for good does as well, though others run.
 */
export function cannotBecomeReady(timeline: Timeline, pod?: Pod): Obstacle | undefined {
  const removed = historyOf(timeline).removed;
  if (removed) return { reason: { kind: 'removed' }, event: removed };
  const { status } = timeline;
  if (!status) return undefined;
  const reason = terminalPhase(status) ?? finalTrouble(timeline);
  if (reason) return { reason, event: lastOfNote(timeline) };
  return pod?.spec.containers
    .map(({ name }) => whyShownEnded(timeline, pod, name))
    .find((ending) => ending !== undefined);
}

/** Until its end is published a container may still be shown Ready, by an answer that was on its way. */
export function whyShownEnded(timeline: Timeline, pod: Pod, container: string): Obstacle | undefined {
  const isShown = containerStatusOf(timeline, container)?.state.terminated !== undefined;
  return isShown ? hasEndedForGood(timeline, pod, container) : undefined;
}

function terminalPhase({ phase, reason, containerStatuses }: PodStatus): Reason | undefined {
  if (!isTerminal(phase)) return undefined;
  const exits = containerStatuses.flatMap(({ name, state }) =>
    state.terminated ? [{ ...state.terminated, container: name }] : [],
  );
  return { kind: 'phase', phase, reason, exits };
}

function finalTrouble(timeline: Timeline): Reason | undefined {
  const trouble = startTrouble(timeline);
  return trouble?.isFinal ? trouble.reason : undefined;
}

const OF_NOTE: readonly EventKind[] = ['Failed', 'FailedMount', 'FailedScheduling', 'ErrImageNeverPull'];

/** The last event a person would be shown, other than a status. */
function lastOfNote(timeline: Timeline): Event | undefined {
  const history = historyOf(timeline);
  const exited = history.exits.at(-1);
  const told = history.kubeletEvents.findLast(({ kind }) => OF_NOTE.includes(kind));
  return history.placeOf(exited) > history.placeOf(told) ? exited : told;
}
