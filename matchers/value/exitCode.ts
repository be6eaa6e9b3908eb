import { checkExitCode as check } from '../kernel/call/options';
import { valueMatcher } from '../kernel/call/valueMatcher';

/**
 * Matches a value with this exit code: the status of a container (its state or lastState), a terminated state, or an event of
 * its exit.
 */
export const exitCode = valueMatcher<number>({
  name: 'exitCode',
  argument: 'code',
  check,
  expected: (code) => ({ kind: 'exitCode', code }),
  isLike: (value, code) => codeOf(value) === code,
});

function codeOf(value: unknown): unknown {
  const { exitCode, state, lastState, terminated } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (exitCode !== undefined) return exitCode;
  if (terminated !== undefined) return codeOf(terminated);
  if (state !== undefined) return codeOf(state) ?? codeOf(lastState);
  return undefined;
}
