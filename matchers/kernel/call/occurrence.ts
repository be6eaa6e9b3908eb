import { lastAct } from '../../../src/timeline/history/lastAct';
import { type Since, START } from '../../../src/timeline/since';
import type { Timeline } from '../../../src/timeline/timeline';
import { type Checks, oneOf } from './options';

/** Origin of the count of a matcher. Default: the last action of the test. */
export interface Occurrence {
  readonly since?: 'start' | undefined;
}

export const OCCURRENCE: Checks<Occurrence> = { since: oneOf('start') };

export function sinceOf(timeline: Timeline, { since }: Occurrence): Since {
  return since === 'start' ? START : lastAct(timeline);
}
