import { becameReady } from '../../src/assertions/status/ready';
import { isReadyNow } from '../../src/assertions/status/readyNow';
import { historyOf } from '../../src/timeline/history/podHistory';
import { now } from '../kernel/wait/now';

/** Passes if the pod's Ready condition is True now. */
export const toBeReady = now<object>({
  name: 'toBeReady',
  checks: {},
  expected: () => ({ kind: 'beReady' }),
  evaluate: isReadyNow,
  waits: {
    matcher: 'toBecomeReady',
    evaluate: (timeline, _, pod) => becameReady(timeline, historyOf(timeline).end, pod),
  },
});
