import type { Pod } from '../../manifest/model';
import { isTerminal } from '../../timeline/condition';
import { containerStatusOf } from '../../timeline/containerStatus';
import type { Event, EventKind } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { PodStatus } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';
import type { Reason } from '../facts/reason';
import { findFinalExit } from './noMoreStarts';
import { startTrouble } from './startFailure';

/** Reason why a pod can never become Ready, and the event that shows it. */
export interface Obstacle {
  readonly reason: Reason;
  readonly event: Event | undefined;
}

/**
 * Returns why the pod can never become Ready, or undefined while it still can. If the pod is given, one container that does
 * not restart is enough.
 */
export function cannotBecomeReady(timeline: Timeline, pod?: Pod): Obstacle | undefined {
  const removed = historyOf(timeline).removed;
  if (removed) return { reason: { kind: 'removed' }, event: removed };
  const { status } = timeline;
  if (!status) return undefined;
  const reason = terminalPhase(status) ?? finalTrouble(timeline);
  if (reason) return { reason, event: lastFailure(timeline) };
  return pod?.spec.containers
    .map(({ name }) => findShownExit(timeline, pod, name))
    .find((ending) => ending !== undefined);
}

/** Returns why a container does not restart, once the status shows its exit. Until then it may still appear Ready. */
export function findShownExit(timeline: Timeline, pod: Pod, container: string): Obstacle | undefined {
  const isShown = containerStatusOf(timeline, container)?.state.terminated !== undefined;
  return isShown ? findFinalExit(timeline, pod, container) : undefined;
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

const FAILURES: readonly EventKind[] = ['Failed', 'FailedMount', 'FailedScheduling', 'ErrImageNeverPull'];

/** Returns the last exit or failure, which explains the status. */
function lastFailure(timeline: Timeline): Event | undefined {
  const history = historyOf(timeline);
  const exited = history.exits.at(-1);
  const failed = history.kubeletEvents.findLast(({ kind }) => FAILURES.includes(kind));
  return history.placeOf(exited) > history.placeOf(failed) ? exited : failed;
}
