import { type CrashLoopFilter, enteredCrashLoopBackOff } from '../../src/assertions/restarts/crashLoop';
import { crashLoopLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { containerName, count } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToEnterCrashLoopBackOffOptions = CrashLoopFilter & Within & Occurrence;

/** Passes when back-off has delayed a container the given number of times since the last action of the test. */
export const toEnterCrashLoopBackOff = eventually<ToEnterCrashLoopBackOffOptions>({
  name: 'toEnterCrashLoopBackOff',
  checks: { container: containerName, times: count({ from: 1 }), ...WITHIN, ...OCCURRENCE },
  expected: ({ container, times }) => ({ kind: 'enterCrashLoopBackOff', container, times }),
  since: sinceOf,
  evaluate: enteredCrashLoopBackOff,
  from: 'fault',
  limit: crashLoopLimit,
});
