import { UNSEEN } from './unseen';

/** Returns a value as JSON that reads the same everywhere: what is not seen is escaped, and no CI system finds a command. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent)
    .replace(UNSEEN, (character) => (character === '\n' ? character : escapeCharacter(character)))
    .replace(/##(?=[a-z]*\[)/gi, '#\\u0023');
}

function escapeCharacter(character: string): string {
  const units = [...Array(character.length).keys()].map((index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
