import { terminatedGracefully } from '../src/judgements/terminatedGracefully';
import { restartLimit } from '../src/timing/waits';
import { eventually } from './kernel/eventually';
import { OCCURRENCE, type Occurrence, sinceOf } from './kernel/occurrence';
import { containerName } from './kernel/options';
import { WITHIN, type Within } from './kernel/within';

export interface ToTerminateGracefullyOptions extends Within, Occurrence {
  readonly container?: string | undefined;
}

/**
 * Holds once what the kubelet stops has exited within its grace, without SIGKILL: every container of a pod that is
 * deleted, else the one it stops for another reason. Takes what `pod.delete()` returns, a promise, as well.
 */
export const toTerminateGracefully = eventually<ToTerminateGracefullyOptions>({
  name: 'toTerminateGracefully',
  takesPromise: true,
  checks: { container: containerName, ...WITHIN, ...OCCURRENCE },
  expected: ({ container = 'every container that is stopped' }) => `a graceful end of ${container}`,
  unexpected: ({ container = 'every container that is stopped' }) => `no graceful end of ${container}`,
  since: sinceOf,
  judge: (timeline, since, { container }) => terminatedGracefully(timeline, since, container),
  limit: (spec, { container }) => restartLimit(spec, { container }),
});
