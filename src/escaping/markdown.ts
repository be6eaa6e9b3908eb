import { withoutCommands } from './commands';
import { seen } from './unseen';

const SPECIAL = /[&<>"'`*_[\]!|\\~#@$]|:(?=\/\/)|(?<=www)\.|^[-+=]/gim;

/** Returns a text for one line of Markdown, which shows it letter by letter: no link, image, mention or markup. */
export function markdownText(text: string): string {
  return seen(text)
    .replaceAll(/[\n\t]+/g, ' ')
    .replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}

/** Returns lines as a block of code. The fence is longer than any in it. */
export function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, withoutCommands(seen(text)), fence].join('\n');
}
