import { UNSEEN } from '../../escaping/unseen';

/** Place in the text of a manifest. Lines and columns count from 1. */
export interface Position {
  /** Name of the file as the caller passed it, or `<yaml>` for text. */
  readonly file: string;
  /** Line number. */
  readonly line: number;
  /** Column of the first marked character. */
  readonly column: number;
  /** The whole line. */
  readonly text: string;
  /** Number of marked characters. */
  readonly width: number;
}

/** The second sign of a CI system's command, `##[…]` or `##vso[…]`. */
const COMMAND = /(?<=#)#(?=[a-z]*\[)/gi;

const BEFORE_MAX = 60;
const LENGTH_MAX = 100;

export function placeOf({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

/** Returns the line with carets under the marked characters; of a long line the part around them. */
export function codeFrame({ line, column, text, width }: Position): string {
  const from = text.length <= LENGTH_MAX ? 0 : Math.max(0, column - 1 - BEFORE_MAX);
  const shown = columns(text.slice(from, from + LENGTH_MAX));
  const carets = '^'.repeat(Math.max(1, Math.min(width, shown.length - (column - 1 - from))));
  const gutter = `  ${line} | `;
  return [
    `${gutter}${from > 0 ? '…' : ''}${shown}${from + LENGTH_MAX < text.length ? '…' : ''}`,
    `${' '.repeat(gutter.length - 2)}| ${' '.repeat(column - 1 - from + (from > 0 ? 1 : 0))}${carets}`,
  ].join('\n');
}

/** Returns one column for each character: a tab is as wide as the caret below it has to go. */
function columns(text: string): string {
  return text.replace(/\t/g, ' ').replace(UNSEEN, '�').replace(COMMAND, '�');
}
