import { staysReady } from '../../src/assertions/status/staysReady';
import { historyOf } from '../../src/timeline/history/podHistory';
import { type AskedWindow, always, WINDOW } from '../kernel/wait/always';

/** Watches the pod for `for`, and passes if it is Ready all the time. */
export const toStayReady = always<AskedWindow>({
  name: 'toStayReady',
  checks: WINDOW,
  expected: (_, windowMs) => ({ kind: 'stayReady', windowMs }),
  since: (timeline) => historyOf(timeline).end,
  evaluate: staysReady,
});
