import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../pages';

const PAGE = path.join(ROOT, 'docs/messages.md');

/** True if the specs write docs/messages.md from what happens instead of comparing it. */
export const WRITES = process.env.JEST_KUBELET_WRITE_DOCS === '1';

/** A message of the page. */
export interface Shown {
  /** The heading above it. */
  readonly title: string;
  readonly make: () => Promise<string> | string;
}

/** Returns the block under a heading of docs/messages.md, without the line feed at its end. */
export function shownUnder(title: string): string | undefined {
  return blockUnder(title).exec(readFileSync(PAGE, 'utf8'))?.[2];
}

/** Replaces the block under a heading of docs/messages.md. */
export function showUnder(title: string, message: string): void {
  const page = readFileSync(PAGE, 'utf8');
  if (!blockUnder(title).test(page)) throw new Error(`docs/messages.md has no heading "${title}" with a block`);
  writeFileSync(
    PAGE,
    page.replace(blockUnder(title), (_, before: string) => `${before}${message}`),
  );
}

/** Matches the text from a heading to the end of the first block after it. */
function blockUnder(title: string): RegExp {
  const heading = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^#+ ${heading}\\n(?:(?!#)[^\\n]*\\n)*?\`\`\`text\\n)([\\s\\S]*?)(?=\\n\`\`\`$)`, 'm');
}
