import type { Timeline } from './timeline';

/** The place in a record from which on things count: an index into its events. */
export type Since = number;

export const START: Since = 0;

/**
 * Right after the last thing the test did to the pod; starting it is the first. A client that asks it does nothing to it
 * that its clients would not.
 */
export function lastAct(timeline: Timeline): Since {
  return timeline.events.findLastIndex((event) => event.kind === 'TestActed' && event.action !== 'requests') + 1;
}
