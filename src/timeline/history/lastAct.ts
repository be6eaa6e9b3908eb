import type { Since } from '../since';
import type { Timeline } from '../timeline';
import { historyOf } from './podHistory';

/**
 * Right after the last thing the test did to the pod; starting it is the first. A client that asks it does nothing to it
 * that its clients would not.
 */
export function lastAct(timeline: Timeline): Since {
  const history = historyOf(timeline);
  return history.placeOf(history.acts.findLast(({ action }) => action !== 'requests')) + 1;
}
