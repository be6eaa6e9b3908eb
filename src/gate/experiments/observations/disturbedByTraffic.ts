import { evaluate } from '../../../assertions/evaluate';
import { OBSERVATIONS } from '../../../wording/observations';
import type { Symptom } from '../../model/observation';
import { disturbanceCause } from '../steps/disturbanceCause';
import { blockedHealth } from './blockedHealth';

/** A pod that does not stay Ready, or is restarted, while it serves one request at a time. */
export const disturbedByTraffic: Symptom = {
  severity: 'error',
  finds: 'the pod is restarted or does not stay Ready while it serves its clients',
  advice: 'Let the container serve its requests within its limits, and its health endpoint beside them',
  find: (seen) => {
    const { timeline, pod, since } = seen;
    const result = evaluate({ kind: 'steadyState' }, { timeline, pod, since, actedAt: seen.from });
    // What waits behind a request is a cause of its own.
    if (result.outcome !== 'failed' || blockedHealth.find(seen).length > 0) return [];
    const { event } = result;
    const container = event && 'container' in event ? (event.container ?? '') : '';
    const sentence = OBSERVATIONS.disturbedByTraffic({ why: disturbanceCause({ result, timeline, pod }) });
    return [{ container, event, sentence }];
  },
};
