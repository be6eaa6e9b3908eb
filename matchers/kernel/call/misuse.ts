import type { Context } from './context';

/** Error of an invalid call of a matcher. The test needs a change. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

/** Returns the message of a misuse in the format of Jest's own matchers. */
export function misuseMessage({ utils }: Context, call: string, { message }: Misuse): string {
  return `${call}\n\n${utils.BOLD_WEIGHT('Matcher error')}: ${message}`;
}
