import type { Since } from '../since';
import type { Timeline } from '../timeline';
import { historyOf } from './podHistory';

/**
 * Returns the place after the last action of the test on the pod; starting it is the first. A client that sends
 * requests does nothing to it that its clients would not.
 */
export function lastAct(timeline: Timeline): Since {
  const history = historyOf(timeline);
  return history.placeOf(history.acts.findLast(({ action }) => action !== 'requests')) + 1;
}
