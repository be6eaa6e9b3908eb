import type { Instant } from '../../clock/instant';
import { isA } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed } from '../assertionResult';
import { leftEndpoints } from './leftEndpoints';

/** Time for a response that is in flight when the fault begins. */
const SETTLED_MS = 200;

/**
 * Passes when the pod leaves the endpoints. Fails if a readiness probe that began after the fault succeeds, because a restart
 * by the liveness probe also removes the pod from the endpoints, but later.
 */
export function leftByReadiness(timeline: Timeline, since: Since, name: string, faultAt: Instant): AssertionResult {
  const history = historyOf(timeline);
  const begun = history.from(since, history.about(name));
  const replaced = begun.findIndex((event) => isA('ContainerExited', event));
  const ready = (replaced < 0 ? begun : begun.slice(0, replaced)).find(
    (event) =>
      isA('ProbeFinished', event) &&
      event.probe === 'readiness' &&
      event.result === 'Success' &&
      event.at - event.tookMs > faultAt + SETTLED_MS,
  );
  return ready
    ? makeFailed(ready, { kind: 'probeSucceeded', container: name, probe: 'readiness' })
    : leftEndpoints(timeline, since);
}
