import { becameReady } from '../../src/assertions/status/ready';
import { historyOf } from '../../src/timeline/history/podHistory';
import { readyLimit } from '../../src/timing/waits';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToBecomeReadyOptions = Within;

/** Passes when the pod's Ready condition is True, immediately if it already is. */
export const toBecomeReady = eventually<ToBecomeReadyOptions>({
  name: 'toBecomeReady',
  checks: WITHIN,
  expected: () => ({ kind: 'becomeReady' }),
  since: (timeline) => historyOf(timeline).end,
  evaluate: (timeline, since, _, pod) => becameReady(timeline, since, pod),
  from: 'start',
  limit: (spec) => readyLimit(spec),
  isInEveryOrder: true,
});
