import { isReady } from '../../timeline/condition';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';

/**
 * Passes when the pod has stopped being Ready the given number of times after `since`, and was Ready before each. Fails when
 * the pod has terminated.
 */
export function becameUnready(timeline: Timeline, since: Since, times = 1): AssertionResult {
  let ready = false;
  let wasReady = false;
  let losses = 0;
  const history = historyOf(timeline);
  for (const event of [...history.published, ...(history.removed ? [history.removed] : [])]) {
    const readyNow = event.kind === 'StatusPublished' && isReady(event.status);
    if (ready && !readyNow && history.isFrom(since, event)) losses += 1;
    if (losses === times) return makePassed(event, 'unready');
    if (event.kind === 'PodRemoved')
      return makeFailed(event, losses === 0 ? 'notReady' : { kind: 'losses', count: losses }, 'removed');
    ready = readyNow;
    wasReady ||= readyNow;
  }
  if (losses > 0) return makePending({ kind: 'losses', count: losses });
  if (ready) return makePending('stillReady');
  return makePending(wasReady ? 'unreadyBefore' : 'neverReady', 'notReadyFirst');
}
