import { hideCode, makeText, PLACEHOLDER } from './text.mjs';

const FENCE = /^\s*(```|~~~)/;
const HEADING = /^#+\s+/;
const ITEM = /^\s*(?:[-*+]|\d+\.)\s+/;

/** Returns the paragraphs, items, headings and cells of a Markdown page, without code. */
export function proseOf(file, page) {
  const texts = [];
  let open = [];
  let fence;
  const close = (of = 'paragraph') => {
    if (open.length > 0) texts.push(makeText(file, 'docs', of, open));
    open = [];
  };
  for (const [index, row] of page.split('\n').entries()) {
    const [, mark] = row.match(FENCE) ?? [];
    if (mark || fence) {
      close();
      if (mark && (!fence || fence === mark)) fence = fence ? undefined : mark;
      continue;
    }
    const words = readable(row);
    if (HEADING.test(row)) {
      close();
      open = [[index + 1, words.replace(HEADING, '')]];
      close('heading');
    } else if (/^\s*\|/.test(row)) {
      close();
      for (const cell of cellsOf(words)) texts.push(makeText(file, 'docs', 'cell', [[index + 1, cell]]));
    } else {
      if (row.trim() === '' || ITEM.test(row)) close();
      if (row.trim() !== '') open.push([index + 1, words.replace(ITEM, '')]);
    }
  }
  close();
  return texts;
}

/** Returns a line without code, link targets, tags and emphasis. */
const readable = (row) =>
  hideCode(row)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<!--.*?-->|<\/?[a-z][^>]*>/g, PLACEHOLDER)
    .replace(/^\s*>\s?/, '')
    .replaceAll('**', '')
    .replace(/(^|[\s(])\*(?=\S)|(?<=\S)\*(?=[\s).,;:]|$)/g, '$1');

const cellsOf = (row) => row.split(/(?<!\\)\|/).filter((cell) => /\w/.test(cell));
