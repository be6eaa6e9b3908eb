import { isReady } from '../../timeline/condition';
import { containerStatusOf } from '../../timeline/containerStatus';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import { cannotBecomeReady } from '../status/cannotBecomeReady';
import { explainNotReady } from '../status/notReadyReason';

/** Passes when the status shows this number of restarts of the container, and the pod is Ready. */
export function evaluateRecovery(timeline: Timeline, container: string, restarts: number): AssertionResult {
  const { restartCount = 0, ready = false } = containerStatusOf(timeline, container) ?? {};
  if (restartCount >= restarts && ready && isReady(timeline.status)) {
    return makePassed(historyOf(timeline).published.at(-1), 'readyAgain');
  }
  const obstacle = cannotBecomeReady(timeline);
  if (obstacle) return makeFailed(obstacle.event, 'notReadyAgain', obstacle.reason);
  return makePending('notReadyAgain', explainNotReady(timeline));
}
