import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed, passed } from '../assertionResult';
import { explainNotReady } from '../status/notReadyReason';
import { assumption } from './assumption';

/** Passes if the pod is a ready endpoint now. */
export function isEndpoint(timeline: Timeline): AssertionResult {
  const last = historyOf(timeline).endpointChanges.at(-1);
  const received = { kind: 'endpoint', endpoint: last?.endpoint } as const;
  const { obstacle } = timeline.backend;
  if (obstacle !== undefined) return failed(undefined, received, { kind: 'unreachable', obstacle });
  const remark = assumption(timeline);
  if (last?.endpoint?.ready) return { ...passed(last.event, received), remark };
  return {
    ...failed(last?.event, received, last?.endpoint?.terminating ? undefined : explainNotReady(timeline)),
    remark,
  };
}
