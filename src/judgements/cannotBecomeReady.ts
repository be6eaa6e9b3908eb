import { conditionOf, isTerminal } from '../timeline/condition';
import type { Event, EventKind } from '../timeline/event';
import type { PodStatus } from '../timeline/podStatus';
import type { Timeline } from '../timeline/timeline';
import { howItEnded } from './containerWords';
import { startTrouble } from './startTrouble';

export interface Obstacle {
  readonly why: string;
  readonly event: Event | undefined;
}

/** What keeps the pod from ever becoming Ready, however long one waits; undefined while it still may. */
export function cannotBecomeReady(timeline: Timeline): Obstacle | undefined {
  const removed = timeline.of('PodRemoved')[0];
  if (removed) return { why: 'the pod has been removed', event: removed };
  const { status } = timeline;
  if (!status) return undefined;
  const why = terminalPhase(status) ?? unschedulable(status) ?? finalTrouble(timeline);
  return why === undefined ? undefined : { why, event: lastOfNote(timeline) };
}

function terminalPhase({ phase, reason, containerStatuses }: PodStatus): string | undefined {
  if (!isTerminal(phase)) return undefined;
  const ended = containerStatuses.flatMap(({ name, state }) =>
    state.terminated ? [howItEnded(name, state.terminated)] : [],
  );
  return [`the pod's phase is ${phase}`, reason ?? ended.join(', ')].filter(Boolean).join(': ');
}

/** There is only this node, and it does not grow. */
function unschedulable(status: PodStatus): string | undefined {
  const scheduled = conditionOf(status, 'PodScheduled');
  if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') return undefined;
  return `the pod cannot be scheduled: ${scheduled.message ?? scheduled.reason}`;
}

function finalTrouble(timeline: Timeline): string | undefined {
  const trouble = startTrouble(timeline);
  return trouble?.isFinal ? trouble.why : undefined;
}

const OF_NOTE: readonly EventKind[] = [
  'ContainerExited',
  'Failed',
  'FailedMount',
  'FailedScheduling',
  'ErrImageNeverPull',
];

/** The last event a person would be shown, other than a status. */
function lastOfNote(timeline: Timeline): Event | undefined {
  return timeline.events.findLast(({ kind }) => OF_NOTE.includes(kind));
}
