import { type ExitFilter, exitedWith } from '../../src/assertions/endings/exitedWith';
import { asDefault, restartLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import {
  type ArgumentCheck,
  type Checks,
  checkExitCode,
  containerName,
  count,
  problemIn,
  text,
} from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

/** Exit that a test expects: its code, or a filter. */
export type ExitFilterOrCode = number | Pick<ExitFilter, 'exitCode' | 'reason' | 'container'>;

export interface ToExitWithOptions extends Within, Occurrence {
  readonly container?: string | undefined;
  /** Default: 1. */
  readonly times?: number | undefined;
}

const PARTS: Checks<Exclude<ExitFilterOrCode, number>> = {
  exitCode: checkExitCode,
  reason: text,
  container: containerName,
};

const isExit: ArgumentCheck = (value, name, pod) =>
  typeof value === 'number' ? checkExitCode(value, name) : problemIn(value, name, { checks: PARTS, pod });

/** Passes when a container has exited like this the given number of times since the last action of the test. */
export const toExitWith = eventually<{ readonly exit: ExitFilterOrCode } & ToExitWithOptions>({
  name: 'toExitWith',
  leading: ['exit'],
  checks: { exit: isExit, container: containerName, times: count({ from: 1 }), ...WITHIN, ...OCCURRENCE },
  expected: (options) => ({ kind: 'exit', ...wantedExit(options) }),
  since: sinceOf,
  evaluate: (timeline, since, options, pod) => exitedWith(timeline, since, wantedExit(options), pod),
  from: 'fault',
  limit: (spec, options, backOff) => {
    const { container, times } = wantedExit(options);
    return asDefault(restartLimit(spec, { container, times }, backOff));
  },
});

function wantedExit({ exit, container, times }: { readonly exit: ExitFilterOrCode } & ToExitWithOptions): ExitFilter {
  const parts = typeof exit === 'number' ? { exitCode: exit } : exit;
  return { ...parts, container: container ?? ('container' in parts ? parts.container : undefined), times };
}
