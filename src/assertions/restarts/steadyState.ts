import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import type { Judgement } from '../assertionResult';
import { staysReady } from '../status/staysReady';
import { restartsAtMost } from './restartsAtMost';

/** Violated by the first restart after `since`, and when the pod stops being Ready; undecided until then. */
export function undisturbed(timeline: Timeline, since: Since): Judgement {
  const restarts = restartsAtMost(timeline, since, { times: 0 });
  // What is restarted is unready before: the restart says why.
  return restarts.outcome === 'violated' ? restarts : staysReady(timeline, since);
}
