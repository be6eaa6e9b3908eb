import { becameReady } from '../src/judgements/becameReady';
import { isReadyNow } from '../src/judgements/isReadyNow';
import { now } from './kernel/now';

/** Holds if the pod's Ready condition is True now. */
export const toBeReady = now<object>({
  name: 'toBeReady',
  checks: {},
  expected: () => 'Ready now',
  unexpected: () => 'not Ready now',
  judge: isReadyNow,
  waits: { matcher: 'toBecomeReady', judge: (timeline, _, pod) => becameReady(timeline, timeline.events.length, pod) },
});
