import { staysReady } from '../../src/assertions/status/staysReady';
import { historyOf } from '../../src/timeline/history/podHistory';
import { always, WINDOW, type WindowOptions } from '../kernel/wait/always';

/** Watches the pod for `for`, and passes if it is Ready all the time. */
export const toStayReady = always<WindowOptions>({
  name: 'toStayReady',
  checks: WINDOW,
  expected: (_, windowMs) => ({ kind: 'stayReady', windowMs }),
  since: (timeline) => historyOf(timeline).end,
  evaluate: staysReady,
});
