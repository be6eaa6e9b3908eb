import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import type { AssertionResult } from '../assertionResult';
import { staysReady } from '../status/staysReady';
import { restartsAtMost } from './restartsAtMost';

/** Failed by the first restart after `since`, and when the pod stops being Ready; pending until then. */
export function undisturbed(timeline: Timeline, since: Since): AssertionResult {
  const restarts = restartsAtMost(timeline, since, { times: 0 });
  // What is restarted is unready before: the restart says why.
  return restarts.outcome === 'failed' ? restarts : staysReady(timeline, since);
}
