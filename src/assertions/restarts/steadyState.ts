import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import type { AssertionResult } from '../assertionResult';
import { staysReady } from '../status/staysReady';
import { restartsAtMost } from './restartsAtMost';

/** Fails at the first restart after `since` or when the pod stops being Ready, and stays pending until then. */
export function evaluateSteadyState(timeline: Timeline, since: Since): AssertionResult {
  const restarts = restartsAtMost(timeline, since, { times: 0 });
  // A container is unready before it restarts, and the restart has the cause.
  return restarts.outcome === 'failed' ? restarts : staysReady(timeline, since);
}
