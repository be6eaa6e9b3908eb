import { evaluate } from '../../../assertions/evaluate';
import type { Symptom } from '../../model/observation';
import { disturbanceCause } from '../steps/disturbanceCause';
import { blockedHealth } from './blockedHealth';

/** A pod that does not stay Ready, or is restarted, while it serves one request at a time. */
export const disturbedByTraffic: Symptom = {
  severity: 'error',
  kind: 'disturbedByTraffic',
  find: (seen) => {
    const { timeline, pod, since } = seen;
    const result = evaluate({ kind: 'steadyState' }, { timeline, pod, since, actedAt: seen.from });
    // A health endpoint that waits for a request has its own observation.
    if (result.outcome !== 'failed' || blockedHealth.find(seen).length > 0) return [];
    const { event } = result;
    const container = event && 'container' in event ? (event.container ?? '') : '';
    const disturbance = disturbanceCause({ result, timeline, pod });
    return [{ container, event, message: { kind: 'disturbedByTraffic', disturbance } }];
  },
};
