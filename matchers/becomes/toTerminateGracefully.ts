import { terminatedGracefully } from '../../src/assertions/endings/terminatedGracefully';
import { restartLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { checkExitCode, containerName } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export interface ToTerminateGracefullyOptions extends Within, Occurrence {
  readonly container?: string | undefined;
  /** The code it exits with; 0, or 128 and the number of its stop signal, when absent. */
  readonly exitCode?: number | undefined;
}

/**
 * Holds once what the kubelet stops has exited within its grace, without SIGKILL, with 0 or 128 + signal: every container of a pod that is
 * deleted, else the one it stops for another reason. Takes what `pod.delete()` returns, a promise, as well.
 */
export const toTerminateGracefully = eventually<ToTerminateGracefullyOptions>({
  name: 'toTerminateGracefully',
  takesPromise: true,
  checks: { container: containerName, exitCode: checkExitCode, ...WITHIN, ...OCCURRENCE },
  expected: (options) => `a graceful end of ${ends(options)}`,
  unexpected: (options) => `no graceful end of ${ends(options)}`,
  since: sinceOf,
  evaluate: (timeline, since, options) => terminatedGracefully(timeline, since, options),
  from: 'fault',
  limit: (spec, { container }) => restartLimit(spec, { container }),
});

function ends({ container = 'every container that is stopped', exitCode: code }: ToTerminateGracefullyOptions): string {
  return code === undefined ? container : `${container} with exit code ${code}`;
}
