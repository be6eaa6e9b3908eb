import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed, passed, pending } from '../assertionResult';
import { cannotBecomeReady, type Obstacle } from '../status/cannotBecomeReady';
import { whyNotReady } from '../status/notReadyReason';
import { startTrouble } from '../status/startFailure';
import { isOutdatedAt } from '../status/statusSince';
import { assumption } from './assumption';

/** Passes when the pod is a ready endpoint at `since`, or becomes one afterwards; fails once it never can. */
export function becameEndpoint(timeline: Timeline, since: Since): AssertionResult {
  const changes = historyOf(timeline).endpointChanges;
  const start = changes.findLastIndex(({ event }) => historyOf(timeline).placeOf(event) < since);
  const first = isOutdatedAt(timeline, since) ? start + 1 : start;
  const found = changes.find(({ endpoint }, index) => endpoint?.ready && index >= first);
  if (found)
    return { ...passed(found.event, { kind: 'endpoint', endpoint: found.endpoint }), remark: assumption(timeline) };
  const received = { kind: 'endpoint', endpoint: changes.at(-1)?.endpoint } as const;
  const { obstacle: message } = timeline.backend;
  if (message !== undefined) return failed(undefined, received, { kind: 'message', message });
  const fix = startTrouble(timeline)?.fix;
  const remark = assumption(timeline);
  const obstacle = obstacleOf(timeline);
  if (obstacle) return { ...failed(obstacle.event, received, obstacle.reason), fix, remark };
  return { ...pending(received, whyNotReady(timeline)), fix, remark };
}

function obstacleOf(timeline: Timeline): Obstacle | undefined {
  const [deleted] = historyOf(timeline).deletions;
  const obstacle = cannotBecomeReady(timeline);
  if (!deleted || obstacle || timeline.backend.publishNotReadyAddresses) return obstacle;
  return { reason: { kind: 'deleted' }, event: deleted };
}
