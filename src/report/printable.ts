import { stripVTControlCharacters } from 'node:util';

/** What a terminal acts on rather than shows: control characters, and those that turn the direction of writing. */
const ACTED_ON = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const NAMES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text of a container's, made fit to be shown: escape sequences are taken out, and every other control character is
 * written as one would write it in a string. Newlines at the end are dropped.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text.trimEnd()).replace(
    ACTED_ON,
    (character) => NAMES[character] ?? escaped(character),
  );
}

function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
}
