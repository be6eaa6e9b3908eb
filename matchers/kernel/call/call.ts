import { inspect } from 'node:util';
import type { Context } from './context';

/** Returns the call as the test wrote it: `expect(pod).toRestart({ container: 'web' })`. */
export function callText(
  { utils, isNot = false, promise = '' }: Context,
  name: string,
  args: readonly unknown[],
  received = 'pod',
): string {
  const written = args
    .filter((arg) => arg !== undefined)
    .map((arg) => inspect(arg, { breakLength: Number.POSITIVE_INFINITY }));
  return utils.matcherHint(name, received, written.join(', '), { isNot, promise });
}
