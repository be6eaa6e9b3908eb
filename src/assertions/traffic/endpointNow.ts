import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed } from '../assertionResult';
import { explainNotReady } from '../status/notReadyReason';
import { assumption } from './assumption';

/** Passes if the pod is a ready endpoint now. */
export function isEndpoint(timeline: Timeline): AssertionResult {
  const last = historyOf(timeline).endpointChanges.at(-1);
  const received = { kind: 'endpoint', endpoint: last?.endpoint } as const;
  const { obstacle } = timeline.backend;
  if (obstacle !== undefined) return makeFailed(undefined, received, { kind: 'unreachable', obstacle });
  const remark = assumption(timeline);
  if (last?.endpoint?.ready) return { ...makePassed(last.event, received), remark };
  return {
    ...makeFailed(last?.event, received, last?.endpoint?.terminating ? undefined : explainNotReady(timeline)),
    remark,
  };
}
