import { staysReady } from '../../src/assertions/status/staysReady';
import { historyOf } from '../../src/timeline/history/podHistory';
import { type AskedWindow, always, WINDOW } from '../kernel/wait/always';

/** Watches for the whole of `for`; holds when the pod is Ready now and is so all the time. */
export const toStayReady = always<AskedWindow>({
  name: 'toStayReady',
  checks: WINDOW,
  expected: (_, window) => `Ready ${window === undefined ? 'until it is deleted' : `for ${window}`}`,
  unexpected: (_, window) => `unready ${window === undefined ? 'before it is deleted' : `within ${window}`}`,
  since: (timeline) => historyOf(timeline).end,
  evaluate: staysReady,
});
