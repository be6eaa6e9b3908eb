import pluralize from 'pluralize';
import { type CrashLoopFilter, enteredCrashLoopBackOff } from '../../src/assertions/restarts/crashLoop';
import { crashLoopLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { containerName, count } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToEnterCrashLoopBackOffOptions = CrashLoopFilter & Within & Occurrence;

/** Holds once back-off holds up a container, as often as asked, since the last thing the test did to the pod. */
export const toEnterCrashLoopBackOff = eventually<ToEnterCrashLoopBackOffOptions>({
  name: 'toEnterCrashLoopBackOff',
  checks: { container: containerName, times: count({ from: 1 }), ...WITHIN, ...OCCURRENCE },
  expected: ({ container = 'a container', times = 1 }) => `${container} in CrashLoopBackOff${often(times)}`,
  unexpected: ({ container, times = 1 }) =>
    times === 1
      ? `${container ?? 'no container'} ${container === undefined ? '' : 'never '}in CrashLoopBackOff`
      : `${container ?? 'any container'} in CrashLoopBackOff fewer than ${pluralize('time', times, true)}`,
  since: sinceOf,
  evaluate: enteredCrashLoopBackOff,
  from: 'fault',
  limit: crashLoopLimit,
});

function often(times: number): string {
  return times === 1 ? '' : ` ${pluralize('time', times, true)}`;
}
