import { isTerminal, phaseOf } from '../../timeline/condition';
import { historyOf } from '../../timeline/history/podHistory';
import type { PodPhase, PodStatus } from '../../timeline/podStatus';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { howItEnded } from '../../wording/exits';
import { type AssertionResult, failed, passed, pending } from '../assertionResult';
import { cannotBecomeReady } from './cannotBecomeReady';
import { whyNotReady } from './notReadyReason';
import { startTrouble } from './startFailure';
import { heldFrom, shownLast } from './statusSince';

/** Passes when the pod's phase is that one at `since`, or becomes it afterwards; fails once it never can. */
export function reachedPhase(timeline: Timeline, since: Since, wanted: PodPhase): AssertionResult {
  const phase = phaseOf(shownLast(timeline));
  const held = heldFrom(timeline, since, (status) => status.phase === wanted);
  if (held || (phase === wanted && !timeline.status && historyOf(timeline).removed === undefined))
    return passed(held, `phase ${wanted}`);
  const received = `phase ${phase}`;
  const obstacle = cannotBecomeReady(timeline);
  const isOver = isTerminal(phase) || historyOf(timeline).removed !== undefined;
  // What can never run may still fail, at its deadline or when it is deleted.
  if (obstacle && (isOver || wanted === 'Running')) {
    return { ...failed(obstacle.event, received, obstacle.why), advice: startTrouble(timeline)?.advice };
  }
  return { ...pending(received, whyThatPhase(timeline)), advice: startTrouble(timeline)?.advice };
}

/** What the containers of a pod that is past its start do. */
function whyThatPhase(timeline: Timeline): string {
  const { status } = timeline;
  if (!status || status.phase === 'Pending') return whyNotReady(timeline);
  return status.containerStatuses.map(stateWords).join('; ');
}

function stateWords({ name, state: { running, terminated, waiting } }: PodStatus['containerStatuses'][number]): string {
  if (terminated) return howItEnded(name, terminated);
  return running ? `${name} runs` : `${name} is waiting (${waiting?.reason ?? 'not created'})`;
}
