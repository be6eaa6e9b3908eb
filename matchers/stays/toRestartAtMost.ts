import { type AllowedRestarts, restartsAtMost } from '../../src/assertions/restarts/restartsAtMost';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { containerName, count } from '../kernel/call/options';
import { always, WINDOW, type WindowOptions } from '../kernel/wait/always';

export type ToRestartAtMostOptions = Pick<AllowedRestarts, 'container'> & Occurrence;

/** Watches the pod for `for`, and passes if no container restarts more than `times` times. */
export const toRestartAtMost = always<AllowedRestarts & WindowOptions & Occurrence>({
  name: 'toRestartAtMost',
  leading: ['times'],
  checks: { times: count({ from: 0 }), container: containerName, ...WINDOW, ...OCCURRENCE },
  expected: ({ times, container }, windowMs) => ({ kind: 'restartAtMost', times, container, windowMs }),
  since: sinceOf,
  evaluate: restartsAtMost,
});
