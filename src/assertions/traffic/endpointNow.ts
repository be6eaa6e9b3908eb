import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { assumption, endpointWords } from '../../wording/endpoints';
import { type AssertionResult, failed, passed } from '../assertionResult';
import { whyNotReady } from '../status/notReadyReason';

/** Whether the pod is a ready endpoint now. */
export function isEndpoint(timeline: Timeline): AssertionResult {
  const last = historyOf(timeline).endpointChanges.at(-1);
  const words = endpointWords(last?.endpoint);
  const { obstacle } = timeline.backend;
  if (obstacle !== undefined) return failed(undefined, words, obstacle);
  const remark = assumption(timeline);
  if (last?.endpoint?.ready) return { ...passed(last.event, words), remark };
  return { ...failed(last?.event, words, last?.endpoint?.terminating ? undefined : whyNotReady(timeline)), remark };
}
