import { withoutCommands } from './commands';
import { codeOf, ESCAPE_SEQUENCES, seen, UNSEEN } from './unseen';

/**
 * Returns a text of a container for one line of a terminal or log: escape sequences are taken out, and every other
 * character that is not seen is written out. Blanks at the end are dropped.
 */
export function printable(text: string): string {
  return withoutCommands(text.trimEnd().replace(ESCAPE_SEQUENCES, '').replace(UNSEEN, codeOf));
}

/** A change of style. Hidden and black text is not among ours. */
const STYLE = new RegExp(`(${String.fromCharCode(27)}\\[(?:[01234]|7|22|23|24|27|39|3[1-7]|9[0-7])?m)`);

/** Returns a text of several lines for a terminal or log. Only the colors that our own texts have are kept. */
export function terminalText(text: string): string {
  const parts = text.split(STYLE).map((part, index) => (index % 2 === 1 ? part : seen(part)));
  return withoutCommands(parts.join(''));
}
