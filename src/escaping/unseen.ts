/**
 * Characters that a reader does not see as they are: control characters, those that turn the direction of writing or take
 * no room, tag characters, and halves of a pair.
 */
export const UNSEEN =
  /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Source: ansi-regex, which Node's `util.stripVTControlCharacters` uses too. */
const ESCAPE_SEQUENCE =
  '[\\u001b\\u009b][[\\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\\d/#&.:=?%@~_]+)*|[a-zA-Z\\d]+(?:;[-a-zA-Z\\d/#&.:=?%@~_]*)*)?(?:\\u0007|\\u001b\\u005c|\\u009c))|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-ntqry=><~]))';

/** Sequences that a terminal acts on as a whole. */
export const ESCAPE_SEQUENCES = new RegExp(ESCAPE_SEQUENCE, 'gu');

const NAMES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Returns a character as one would write it in a string: `\n`, `\x1b`, `\u202e`. */
export function codeOf(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  const short = hex.length > 2 ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`;
  return NAMES[character] ?? (hex.length > 4 ? `\\u{${hex}}` : short);
}

/** Writes out every character that is not seen, except line breaks and tabs. */
export function seen(text: string): string {
  return text.replace(UNSEEN, (character) =>
    character === '\n' || character === '\t' ? character : codeOf(character),
  );
}
