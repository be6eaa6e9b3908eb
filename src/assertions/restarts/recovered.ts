import { isReady } from '../../timeline/condition';
import { containerStatusOf } from '../../timeline/containerStatus';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed, passed, pending } from '../assertionResult';
import { cannotBecomeReady } from '../status/cannotBecomeReady';
import { explainNotReady } from '../status/notReadyReason';

/** Passes when the status shows this number of restarts of the container, and the pod is Ready. */
export function recovered(timeline: Timeline, container: string, restarts: number): AssertionResult {
  const { restartCount = 0, ready = false } = containerStatusOf(timeline, container) ?? {};
  if (restartCount >= restarts && ready && isReady(timeline.status)) {
    return passed(historyOf(timeline).published.at(-1), 'readyAgain');
  }
  const obstacle = cannotBecomeReady(timeline);
  if (obstacle) return failed(obstacle.event, 'notReadyAgain', obstacle.reason);
  return pending('notReadyAgain', explainNotReady(timeline));
}
