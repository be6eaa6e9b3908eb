import type { Pod } from '../../manifest/model';
import { isReady } from '../../timeline/condition';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { holds, type Judgement, undecided, violated } from '../assertionResult';
import { cannotBecomeReady } from './cannotBecomeReady';
import { whyNotReady } from './notReadyReason';
import { startTrouble } from './startFailure';
import { heldFrom } from './statusSince';

/** Holds when the pod is Ready at `since`, or becomes it afterwards; violated once it never can. */
export function becameReady(timeline: Timeline, since: Since, pod?: Pod): Judgement {
  const ready = heldFrom(timeline, since, isReady);
  if (ready) return holds(ready, 'Ready');
  const advice = startTrouble(timeline)?.advice;
  const obstacle = cannotBecomeReady(timeline, pod);
  if (obstacle) return { ...violated(obstacle.event, 'not Ready', obstacle.why), advice };
  return { ...undecided('not Ready', whyNotReady(timeline)), advice };
}
