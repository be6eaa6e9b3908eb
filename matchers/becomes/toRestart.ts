import { evaluateRestarts, type RestartFilter } from '../../src/assertions/restarts/restarted';
import { RESTART_CAUSES } from '../../src/timeline/history/restarts';
import { restartLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { containerName, count, oneOf } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToRestartOptions = RestartFilter & Within & Occurrence;

/** Passes when a container has restarted the given number of times since the last action of the test. */
export const toRestart = eventually<ToRestartOptions>({
  name: 'toRestart',
  checks: {
    container: containerName,
    because: oneOf(...RESTART_CAUSES),
    times: count({ from: 1 }),
    ...WITHIN,
    ...OCCURRENCE,
  },
  expected: ({ container, because, times }) => ({ kind: 'restart', container, because, times }),
  since: sinceOf,
  evaluate: evaluateRestarts,
  from: 'fault',
  limit: restartLimit,
});
