import type { Pod } from '../../manifest/model';
import { isReady } from '../../timeline/condition';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed, passed, pending } from '../assertionResult';
import { cannotBecomeReady } from './cannotBecomeReady';
import { explainNotReady } from './notReadyReason';
import { startTrouble } from './startFailure';
import { heldFrom } from './statusSince';

/** Passes when the pod is Ready at `since` or becomes Ready later. Fails when it never can. */
export function becameReady(timeline: Timeline, since: Since, pod?: Pod): AssertionResult {
  const ready = heldFrom(timeline, since, isReady);
  if (ready) return passed(ready, 'ready');
  const fix = startTrouble(timeline)?.fix;
  const obstacle = cannotBecomeReady(timeline, pod);
  if (obstacle) return { ...failed(obstacle.event, 'notReady', obstacle.reason), fix };
  return { ...pending('notReady', explainNotReady(timeline)), fix };
}
