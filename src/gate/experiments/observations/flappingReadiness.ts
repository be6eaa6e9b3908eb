import type { EventOf } from '../../../timeline/event';
import type { ObservedFault, ObservedPod, Symptom } from '../../model/observation';
import { type ObservedProbe, observedProbesOf, probeOutputOf } from './probes';

/** A single failure may be a pause of the machine, or the end of a start. */
const LEAST_TIMES = 2;

/** A readiness probe that fails and succeeds again more than once, although no fault was injected. */
export const flappingReadiness: Symptom = {
  severity: 'warning',
  kind: 'flappingReadiness',
  cause: 'readiness-flaps',
  find: (seen) => flapsIn(seen, LEAST_TIMES),
};

/** Returns the readiness probes that failed and succeeded again at least this many times. */
export function flapsIn(seen: ObservedPod, leastTimes: number): readonly ObservedFault[] {
  return observedProbesOf(seen).flatMap((one) => {
    const { container, field } = one;
    const relapses = relapsesOf(one);
    const last = relapses.at(-1);
    if (!last || relapses.length < leastTimes) return [];
    const message = {
      kind: 'flappingReadiness',
      container,
      times: relapses.length,
      attempt: probeOutputOf(last),
    } as const;
    return [{ container, field, event: last, message }];
  });
}

/**
 * Returns the first failure of each run of failures between two successes. A timed-out attempt does not count, because
 * the machine may have caused it.
 */
export function relapsesOf({ probe, spec, attempts }: ObservedProbe): readonly EventOf<'ProbeFinished'>[] {
  if (probe !== 'readiness') return [];
  const counted = attempts.filter(({ result, tookMs }) => result !== 'Errored' && tookMs < spec.timeoutSeconds * 1_000);
  return counted.filter((attempt, index) => {
    const isAfterSuccess = index > 0 && counted[index - 1]?.result !== 'Failure';
    const recovers = counted.slice(index).some(({ result }) => result !== 'Failure');
    return attempt.result === 'Failure' && isAfterSuccess && recovers;
  });
}
