import pluralize from 'pluralize';
import { type AllowedRestarts, restartsAtMost } from '../../src/assertions/restarts/restartsAtMost';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { containerName, count } from '../kernel/call/options';
import { type AskedWindow, always, WINDOW } from '../kernel/wait/always';

export type ToRestartAtMostOptions = Pick<AllowedRestarts, 'container'> & Occurrence;

/**
 * Watches for the whole of `for`; holds when it ends without a restart too many of a container since the last thing the
 * test did to the pod.
 */
export const toRestartAtMost = always<AllowedRestarts & AskedWindow & Occurrence>({
  name: 'toRestartAtMost',
  leading: ['times'],
  checks: { times: count({ from: 0 }), container: containerName, ...WINDOW, ...OCCURRENCE },
  expected: ({ times, container = 'any container' }, window) =>
    `${times === 0 ? 'no restart' : `at most ${pluralize('restart', times, true)}`} of ${container} ${during(window)}`,
  unexpected: ({ times, container = 'a container' }, window) =>
    `${times === 0 ? 'a restart' : `more than ${pluralize('restart', times, true)}`} of ${container} ${during(window)}`,
  since: sinceOf,
  evaluate: restartsAtMost,
});

function during(window: string | undefined): string {
  return window === undefined ? 'in its whole life' : `within ${window}`;
}
