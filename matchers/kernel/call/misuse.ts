import type { Context } from './context';

/** A matcher was called in a way that cannot be meant: the test has to be edited. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

/** The message of a misuse, as Jest words those of its own matchers. */
export function misuseMessage({ utils }: Context, call: string, { message }: Misuse): string {
  return `${call}\n\n${utils.BOLD_WEIGHT('Matcher error')}: ${message}`;
}
