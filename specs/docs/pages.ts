import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');

/** A block of code or output on a page. */
export interface Block {
  readonly language: string;
  readonly code: string;
  /** Its first fence, counted from 1. */
  readonly line: number;
}

/** A page of the documentation, by its path in the project. */
export interface Page {
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Returns the readme and all pages under `docs`. */
export function allPages(): readonly Page[] {
  const docs = readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const files = docs.filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`);
  return ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...files.sort()].map(page);
}

export function page(file: string): Page {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return { file, text, blocks: blocksOf(text) };
}

/** Returns the blocks of a page in one language, without the line feed at their end. */
export function blocksIn({ blocks }: Page, language: string): readonly string[] {
  return blocks.filter((block) => block.language === language).map(({ code }) => code);
}

/** Returns the blocks of a text, or of a part of one. */
export function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)\n```$/gm)].map(({ 1: language = '', 2: code = '', index }) => ({
    language,
    code,
    line: text.slice(0, index).split('\n').length,
  }));
}

/** True if a link from a file leads to a file, and to an anchor in it if it names one. */
export function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const to = file === '' ? from : path.join(path.dirname(from), file);
  const place = path.join(ROOT, to);
  if (!existsSync(place)) return false;
  return anchor === undefined || (statSync(place).isFile() && anchorsOf(page(to)).has(anchor));
}

/** Returns the anchors of a page: those of its headings, and explicit ones. */
function anchorsOf({ text }: Page): ReadonlySet<string> {
  const headings = withoutBlocks(text).matchAll(/^#+ (.+)$/gm);
  const explicit = withoutBlocks(text).matchAll(/<a id="([^"]+)">/g);
  return new Set([
    ...[...headings].map(([, heading = '']) => anchorOf(heading)),
    ...[...explicit].map(([, anchor = '']) => anchor),
  ]);
}

function anchorOf(heading: string): string {
  return heading
    .replaceAll(/\[(.+?)\]\(.+?\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** Returns the links of a page as they are written. */
export function linksOf({ text }: Page): readonly string[] {
  const links = withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"/g);
  return [...links].map(([, link, image]) => link ?? image ?? '');
}

function withoutBlocks(text: string): string {
  return text
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/`[^`\n]+`/g, (code) => code.replaceAll(/[[\]()<>]/g, ''));
}
