import { becameReady } from '../../src/assertions/status/ready';
import { historyOf } from '../../src/timeline/history/podHistory';
import { readyLimit } from '../../src/timing/waits';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToBecomeReadyOptions = Within;

/** Holds once the pod's Ready condition is True, at once if it is now. */
export const toBecomeReady = eventually<ToBecomeReadyOptions>({
  name: 'toBecomeReady',
  checks: WITHIN,
  expected: () => 'Ready',
  unexpected: () => 'never Ready',
  since: (timeline) => historyOf(timeline).end,
  evaluate: (timeline, since, _, pod) => becameReady(timeline, since, pod),
  from: 'start',
  limit: (spec) => readyLimit(spec),
  isInEveryOrder: true,
});
