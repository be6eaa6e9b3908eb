import { restartsOf } from '../timeline/restart';
import type { Since } from '../timeline/since';
import type { Timeline } from '../timeline/timeline';
import { type Judgement, violated } from './judgement';
import { withCause } from './restarted';
import { staysReady } from './staysReady';

/** Violated by the first restart after `since`, and when the pod stops being Ready; undecided until then. */
export function undisturbed(timeline: Timeline, since: Since): Judgement {
  const ready = staysReady(timeline, since);
  const restart = restartsOf(timeline).find(({ started }) => timeline.events.indexOf(started) >= since);
  // What is restarted is unready before: the restart says why.
  return restart ? violated(restart.started, withCause(restart)) : ready;
}
