import { terminatedGracefully } from '../../src/assertions/endings/terminatedGracefully';
import { restartLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { checkExitCode, containerName } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export interface ToTerminateGracefullyOptions extends Within, Occurrence {
  readonly container?: string | undefined;
  /** Expected exit code. Default: 0, or 128 plus the number of the stop signal. */
  readonly exitCode?: number | undefined;
}

/**
 * Passes when the containers that the kubelet stops have exited within their grace period, without SIGKILL, with code 0 or
 * 128 + signal. These are all containers of a deleted pod, else the container that was stopped for another reason.
 */
export const toTerminateGracefully = eventually<ToTerminateGracefullyOptions>({
  name: 'toTerminateGracefully',
  takesPromise: true,
  checks: { container: containerName, exitCode: checkExitCode, ...WITHIN, ...OCCURRENCE },
  expected: ({ container, exitCode }) => ({ kind: 'terminateGracefully', container, exitCode }),
  since: sinceOf,
  evaluate: (timeline, since, options) => terminatedGracefully(timeline, since, options),
  from: 'fault',
  limit: (spec, { container }) => restartLimit(spec, { container }),
});
