import { ESCAPE_SEQUENCES, UNSEEN } from '../escaping/unseen';

/** A text read in another way, and from what each of its characters was read. */
export interface TextView {
  readonly text: string;
  /** Returns where in the original text a character begins. */
  from(index: number): number;
  /** Returns where in the original text a character ends. */
  to(index: number): number;
}

/** Returns a view of a text without any change. */
export function plainView(text: string): TextView {
  return { text, from: (index) => index, to: (index) => index + 1 };
}

const SKIPPED = new RegExp(`${ESCAPE_SEQUENCES.source}|${UNSEEN.source}`, 'gu');
const FIRST_UNSEEN = new RegExp(UNSEEN.source, 'u');
/** Most texts have none of these, and are done with. */
const UNUSUAL = /[^ -~]/;

function hasUnseen(text: string): boolean {
  return UNUSUAL.test(text) && FIRST_UNSEEN.test(text);
}

/** Returns a text without what a reader does not see. */
export function withoutUnseen(text: string): string {
  return hasUnseen(text) ? text.replace(SKIPPED, '') : text;
}

/** Ways to read a text again. Each returns undefined for a text that reads the same. */
type Reading = (view: TextView) => TextView | undefined;

const PERCENT = /(?:%[0-9a-f]{2})+|\+/gi;
const ESCAPED = /(?:\\(?:x[0-9a-f]{2}|[0-7]{3}))+|\\u\{?[0-9a-f]{4,6}\}?|\\[^xu0-7]/giu;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Returns the text that a reader sees: without escape sequences and invisible characters. */
export const seenView: Reading = (view) => (hasUnseen(view.text) ? replaceIn(view, SKIPPED, () => '') : undefined);

/** Readings of a text as a URL, a JSON or shell string, or markup. */
export const DECODED: readonly Reading[] = [
  (view) =>
    /[%+]/.test(view.text)
      ? replaceIn(view, PERCENT, ([found]) => (found === '+' ? ' ' : fromHex(found.replaceAll('%', ''))))
      : undefined,
  (view) => (view.text.includes('\\') ? replaceIn(view, ESCAPED, ([found]) => unescapeText(found)) : undefined),
  (view) => (view.text.includes('&') ? replaceIn(view, ENTITY, (found) => fromEntity(found)) : undefined),
];

function unescapeText(found: string): string {
  const kind = found.charAt(1);
  if (/[x0-7]/i.test(kind)) {
    const bytes = found.match(/x[0-9a-f]{2}|[0-7]{3}/gi) ?? [];
    return Buffer.from(
      bytes.map((one) => (/^x/i.test(one) ? parseInt(one.slice(1), 16) : parseInt(one, 8))),
    ).toString();
  }
  if (/u/i.test(kind)) return fromCodePoint(parseInt(found.replace(/[^0-9a-f]/gi, ''), 16));
  return CONTROLS[kind] ?? found.slice(1);
}

function fromEntity([found, decimal, hex, name]: RegExpExecArray): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? found;
  return fromCodePoint(decimal === undefined ? parseInt(hex ?? '0', 16) : Number(decimal));
}

function fromHex(hex: string): string {
  return Buffer.from(hex, 'hex').toString('utf8');
}

function fromCodePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** A stretch of a new text that is as it was, or one that stands for a match as a whole. */
interface TextStretch {
  /** The first index in the new text. */
  readonly at: number;
  readonly from: number;
  /** The end of the match. */
  readonly to?: number;
}

/** Returns a view in which every match reads as something else. It keeps only the places at which it differs. */
function replaceIn(view: TextView, pattern: RegExp, read: (found: RegExpExecArray) => string): TextView {
  const parts: string[] = [];
  const stretches: TextStretch[] = [];
  let at = 0;
  let from = 0;
  const add = (text: string, stretch: Omit<TextStretch, 'at'>) => {
    if (text === '') return;
    parts.push(text);
    stretches.push({ at, ...stretch });
    at += text.length;
  };
  for (const found of view.text.matchAll(pattern)) {
    add(view.text.slice(from, found.index), { from });
    const to = found.index + found[0].length;
    add(read(found), { from: found.index, to });
    from = to;
  }
  add(view.text.slice(from), { from });
  const inside = (index: number) => {
    const stretch = stretchAt(index, stretches);
    const same = stretch.from + index - stretch.at;
    return stretch.to === undefined ? { first: same, last: same } : { first: stretch.from, last: stretch.to - 1 };
  };
  return {
    text: parts.join(''),
    from: (index) => view.from(inside(index).first),
    to: (index) => view.to(inside(index).last),
  };
}

/** Returns the last stretch that begins at or before a place. */
function stretchAt(index: number, stretches: readonly TextStretch[]): TextStretch {
  let low = 0;
  for (let high = stretches.length - 1; low < high; ) {
    const middle = Math.ceil((low + high) / 2);
    if ((stretches[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return stretches[low] ?? { at: 0, from: 0 };
}
