import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');

/** What stands between the fences of a page. */
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

/** The readme, and all pages under `docs`. */
export function allPages(): readonly Page[] {
  const docs = readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const files = docs.filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`);
  return ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...files.sort()].map(page);
}

export function page(file: string): Page {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return { file, text, blocks: blocksOf(text) };
}

/** The blocks of a page in one language, without the line feed at their end. */
export function blocksIn({ blocks }: Page, language: string): readonly string[] {
  return blocks.filter((block) => block.language === language).map(({ code }) => code);
}

/** The blocks of a text, or of a part of one. */
export function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)\n```$/gm)].map(({ 1: language = '', 2: code = '', index }) => ({
    language,
    code,
    line: text.slice(0, index).split('\n').length,
  }));
}

/** The anchors that a page's headings give. */
export function anchorsOf({ text }: Page): ReadonlySet<string> {
  const headings = withoutBlocks(text).matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, heading = '']) => anchorOf(heading)));
}

function anchorOf(heading: string): string {
  return heading
    .replaceAll(/\[(.+?)\]\(.+?\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** Where a page's links lead, as they are written. */
export function linksOf({ text }: Page): readonly string[] {
  const links = withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"/g);
  return [...links].map(([, link, image]) => link ?? image ?? '');
}

function withoutBlocks(text: string): string {
  return text
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/`[^`\n]+`/g, (code) => code.replaceAll(/[[\]()<>]/g, ''));
}
