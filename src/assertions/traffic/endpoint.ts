import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { assumption, endpointWords } from '../../wording/endpoints';
import { type AssertionResult, failed, passed, pending } from '../assertionResult';
import { cannotBecomeReady } from '../status/cannotBecomeReady';
import { whyNotReady } from '../status/notReadyReason';
import { startTrouble } from '../status/startFailure';
import { isOutdatedAt } from '../status/statusSince';

/** Passes when the pod is a ready endpoint at `since`, or becomes one afterwards; fails once it never can. */
export function becameEndpoint(timeline: Timeline, since: Since): AssertionResult {
  const changes = historyOf(timeline).endpointChanges;
  const start = changes.findLastIndex(({ event }) => historyOf(timeline).placeOf(event) < since);
  const first = isOutdatedAt(timeline, since) ? start + 1 : start;
  const found = changes.find(({ endpoint }, index) => endpoint?.ready && index >= first);
  if (found) return { ...passed(found.event, endpointWords(found.endpoint)), remark: assumption(timeline) };
  const words = endpointWords(changes.at(-1)?.endpoint);
  if (timeline.backend.obstacle !== undefined) return failed(undefined, words, timeline.backend.obstacle);
  const advice = startTrouble(timeline)?.advice;
  const remark = assumption(timeline);
  const obstacle = obstacleOf(timeline);
  if (obstacle) return { ...failed(obstacle.event, words, obstacle.why), advice, remark };
  return { ...pending(words, whyNotReady(timeline)), advice, remark };
}

function obstacleOf(timeline: Timeline) {
  const [deleted] = historyOf(timeline).deletions;
  const obstacle = cannotBecomeReady(timeline);
  if (!deleted || obstacle || timeline.backend.publishNotReadyAddresses) return obstacle;
  return { why: 'a pod that is being deleted takes no new connections, however ready it is', event: deleted };
}
