import type { Pod } from '../../manifest/model';
import { isReady } from '../../timeline/condition';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import { cannotBecomeReady } from './cannotBecomeReady';
import { explainNotReady } from './notReadyReason';
import { startTrouble } from './startFailure';
import { heldFrom } from './statusSince';

/** Passes when the pod is Ready at `since` or becomes Ready later. Fails when it never can. */
export function becameReady(timeline: Timeline, since: Since, pod?: Pod): AssertionResult {
  const ready = heldFrom(timeline, since, isReady);
  if (ready) return makePassed(ready, 'ready');
  const fix = startTrouble(timeline)?.fix;
  const obstacle = cannotBecomeReady(timeline, pod);
  if (obstacle) return { ...makeFailed(obstacle.event, 'notReady', obstacle.reason), fix };
  return { ...makePending('notReady', explainNotReady(timeline)), fix };
}
