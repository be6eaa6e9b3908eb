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
export type AskedExit = number | Pick<ExitFilter, 'exitCode' | 'reason' | 'container'>;

export interface ToExitWithOptions extends Within, Occurrence {
  readonly container?: string | undefined;
  /** This many of them; one when absent. */
  readonly times?: number | undefined;
}

const PARTS: Checks<Exclude<AskedExit, number>> = { exitCode: checkExitCode, reason: text, container: containerName };

const isExit: ArgumentCheck = (value, pod) =>
  typeof value === 'number' ? checkExitCode(value, pod) : problemIn(value, PARTS, pod);

/** Holds once a container exits so, as often as asked, since the last thing the test did to the pod. */
export const toExitWith = eventually<{ readonly exit: AskedExit } & ToExitWithOptions>({
  name: 'toExitWith',
  leading: ['exit'],
  checks: { exit: isExit, container: containerName, times: count({ from: 1 }), ...WITHIN, ...OCCURRENCE },
  expected: (options) => `${subject(options, 'a container')} to exit with ${what(options)}${often(options)}`,
  unexpected: (options) =>
    `${subject(options, 'no container')} ${subject(options, '') && 'not '}to exit with ${what(options)}${often(options)}`,
  since: sinceOf,
  evaluate: (timeline, since, options, pod) => exitedWith(timeline, since, wantedExit(options), pod),
  from: 'fault',
  limit: (spec, options, backOff) => {
    const { container, times } = wantedExit(options);
    return asDefault(restartLimit(spec, { container, times }, backOff));
  },
});

function wantedExit({ exit, container, times }: { readonly exit: AskedExit } & ToExitWithOptions): ExitFilter {
  const parts = typeof exit === 'number' ? { exitCode: exit } : exit;
  return { ...parts, container: container ?? ('container' in parts ? parts.container : undefined), times };
}

function subject(options: { readonly exit: AskedExit } & ToExitWithOptions, otherwise: string): string {
  return wantedExit(options).container ?? otherwise;
}

function what(options: { readonly exit: AskedExit } & ToExitWithOptions): string {
  const { exitCode: code, reason } = wantedExit(options);
  if (code === undefined) return reason === undefined ? 'any code' : `reason ${reason}`;
  return reason === undefined ? String(code) : `${code} (${reason})`;
}

function often({ times = 1 }: ToExitWithOptions): string {
  return times === 1 ? '' : ` ${times} times`;
}
