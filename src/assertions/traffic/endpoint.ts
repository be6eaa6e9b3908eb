import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import { cannotBecomeReady, type Obstacle } from '../status/cannotBecomeReady';
import { explainNotReady } from '../status/notReadyReason';
import { startTrouble } from '../status/startFailure';
import { isOutdatedAt } from '../status/statusSince';
import { assumption } from './assumption';

/** Passes when the pod is a ready endpoint at `since` or becomes one later. Fails when it never can. */
export function becameEndpoint(timeline: Timeline, since: Since): AssertionResult {
  const changes = historyOf(timeline).endpointChanges;
  const start = changes.findLastIndex(({ event }) => historyOf(timeline).placeOf(event) < since);
  const first = isOutdatedAt(timeline, since) ? start + 1 : start;
  const found = changes.find(({ endpoint }, index) => endpoint?.ready && index >= first);
  if (found)
    return { ...makePassed(found.event, { kind: 'endpoint', endpoint: found.endpoint }), remark: assumption(timeline) };
  const received = { kind: 'endpoint', endpoint: changes.at(-1)?.endpoint } as const;
  const { obstacle } = timeline.backend;
  if (obstacle !== undefined) return makeFailed(undefined, received, { kind: 'unreachable', obstacle });
  const fix = startTrouble(timeline)?.fix;
  const remark = assumption(timeline);
  const never = obstacleOf(timeline);
  if (never) return { ...makeFailed(never.event, received, never.reason), fix, remark };
  return { ...makePending(received, explainNotReady(timeline)), fix, remark };
}

function obstacleOf(timeline: Timeline): Obstacle | undefined {
  const [deleted] = historyOf(timeline).deletions;
  const obstacle = cannotBecomeReady(timeline);
  if (!deleted || obstacle || timeline.backend.publishNotReadyAddresses) return obstacle;
  return { reason: { kind: 'deleted' }, event: deleted };
}
