/** A part of a text, from one character up to another. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** True for an end of a text at which the rest of it may be missing. */
export interface CutEnds {
  readonly start?: boolean;
  readonly end?: boolean;
}

const KEY = 4;
const OVERLAP_MAX = 256;
const BUCKETS = 65_536;

/**
 * Finds many words in a text, in one pass. Four characters of a word have to be in the text before it is compared, and
 * a table excludes most places first.
 */
export class Scanner {
  readonly #mayBegin = new Uint8Array(BUCKETS);
  /** The words by their first four characters, the longest first. */
  readonly #words = new Map<string, string[]>();

  readonly #all: readonly string[];

  /** Words have at least four characters. */
  constructor(words: readonly string[]) {
    this.#all = words;
    for (const word of words.toSorted((a, b) => b.length - a.length)) {
      const key = word.slice(0, KEY);
      this.#mayBegin[bucketAt(word, 0)] = 1;
      const others = this.#words.get(key);
      if (others) others.push(word);
      else this.#words.set(key, [word]);
    }
  }

  get isEmpty(): boolean {
    return this.#words.size === 0;
  }

  /** Returns where a word stands; at a cut end also four characters or more of one. */
  find(text: string, { start = false, end = false }: CutEnds = {}): readonly Part[] {
    const parts: Part[] = [];
    const first = start ? this.#endOfWordAtStart(text) : 0;
    if (first > 0) parts.push({ from: 0, to: first });
    const mayBegin = this.#mayBegin;
    for (let from = first; from <= text.length - KEY; from += 1) {
      if (mayBegin[bucketAt(text, from)] === 0) continue;
      const length = this.#lengthAt(text, from, end);
      if (length === 0) continue;
      const to = this.#endOfOverlap(text, from, from + length);
      parts.push({ from, to });
      from = to - 1;
    }
    return parts;
  }

  #lengthAt(text: string, at: number, isCut: boolean, longest = Number.POSITIVE_INFINITY): number {
    const words = this.#words.get(text.slice(at, at + KEY)) ?? [];
    const found = words.find((word) => word.length <= longest && text.startsWith(word, at));
    if (found) return found.length;
    const left = text.length - at;
    const begun = isCut && words.some((word) => word.length > left && word.startsWith(text.slice(at)));
    return begun ? left : 0;
  }

  /**
   * Returns the end of the words that overlap: a word may begin in another and end after it. Only short ones are looked
   * for, because the time grows with their square.
   */
  #endOfOverlap(text: string, from: number, end: number): number {
    let to = end;
    for (let at = Math.max(from + 1, end - OVERLAP_MAX); at < end; at += 1) {
      to = Math.max(to, at + this.#lengthAt(text, at, false, OVERLAP_MAX));
    }
    return to;
  }

  /** Returns how many characters at the start are the end of a word. */
  #endOfWordAtStart(text: string): number {
    const head = text.slice(0, KEY);
    if (head.length < KEY) return 0;
    let longest = 0;
    for (const word of this.#all) {
      for (let at = word.indexOf(head, 1); at > 0; at = word.indexOf(head, at + 1)) {
        const length = word.length - at;
        if (length > longest && text.startsWith(word.slice(at))) longest = length;
      }
    }
    return longest;
  }
}

function bucketAt(text: string, at: number): number {
  const before = (text.charCodeAt(at) << 9) ^ (text.charCodeAt(at + 1) << 6);
  return (before ^ (text.charCodeAt(at + 2) << 3) ^ text.charCodeAt(at + 3)) & (BUCKETS - 1);
}
