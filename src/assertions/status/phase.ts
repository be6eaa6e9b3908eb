import { isTerminal, phaseOf } from '../../timeline/condition';
import { historyOf } from '../../timeline/history/podHistory';
import type { ContainerStatus, PodPhase } from '../../timeline/podStatus';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import type { ContainerReason, Reason } from '../facts/reason';
import { cannotBecomeReady } from './cannotBecomeReady';
import { explainNotReady } from './notReadyReason';
import { startTrouble } from './startFailure';
import { heldFrom, shownLast } from './statusSince';

/** Passes when the pod has that phase at `since` or reaches it later. Fails when it never can. */
export function reachedPhase(timeline: Timeline, since: Since, wanted: PodPhase): AssertionResult {
  const phase = phaseOf(shownLast(timeline));
  const held = heldFrom(timeline, since, (status) => status.phase === wanted);
  if (held || (phase === wanted && !timeline.status && historyOf(timeline).removed === undefined))
    return makePassed(held, { kind: 'phase', phase: wanted });
  const received = { kind: 'phase', phase } as const;
  const fix = startTrouble(timeline)?.fix;
  const obstacle = cannotBecomeReady(timeline);
  const isOver = isTerminal(phase) || historyOf(timeline).removed !== undefined;
  // A pod that can never run may still fail at its deadline or deletion.
  if (obstacle && (isOver || wanted === 'Running')) {
    return { ...makeFailed(obstacle.event, received, obstacle.reason), fix };
  }
  return { ...makePending(received, explainPhase(timeline)), fix };
}

/** Returns what the containers of a started pod are doing. */
function explainPhase(timeline: Timeline): Reason {
  const { status } = timeline;
  if (!status || status.phase === 'Pending') return explainNotReady(timeline);
  return { kind: 'containers', containers: status.containerStatuses.map(stateOf) };
}

function stateOf({ name, state: { running, terminated, waiting } }: ContainerStatus): ContainerReason {
  if (terminated) return { kind: 'exited', exit: { ...terminated, container: name } };
  return running ? { kind: 'running', container: name } : { kind: 'waiting', container: name, reason: waiting?.reason };
}
