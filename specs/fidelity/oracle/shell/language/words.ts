import { type Command, NotScriptable, type Word, type WordPart } from './syntax';

/** Parser of a command line from an offset to an unquoted `)`. It returns the command and the end. */
export type ParseNested = (text: string, from: number) => { readonly command: Command; readonly end: number };

const ENDS_WORD = /[\s;&|<>()]/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;
const SPECIAL = /^[0-9?$!#@*-]/;

/** Reads one word of a command line; returns it and the offset behind it. */
export function readWord(
  text: string,
  from: number,
  nested: ParseNested,
): { readonly word: Word; readonly end: number } {
  return new WordReader(text, from, nested).read((char) => ENDS_WORD.test(char));
}

/** Reads the inside of a here text or of double quotes as one quoted word. */
function readQuoted(text: string, nested: ParseNested): Word {
  return new WordReader(text, 0, nested).readUntil(() => false);
}

class WordReader {
  readonly #text: string;
  readonly #nested: ParseNested;
  #at: number;

  constructor(text: string, from: number, nested: ParseNested) {
    this.#text = text;
    this.#at = from;
    this.#nested = nested;
  }

  read(isEnd: (char: string) => boolean): { readonly word: Word; readonly end: number } {
    const parts: WordPart[] = [];
    for (let char = this.#text[this.#at]; char !== undefined && !isEnd(char); char = this.#text[this.#at]) {
      if (char === "'") parts.push(this.#singleQuoted());
      else if (char === '"') {
        this.#at += 1;
        parts.push({ kind: 'text', text: '', isQuoted: true }, ...this.readUntil((each) => each === '"'));
        this.#expect('"');
      } else if (char === '\\') parts.push(...this.#escaped());
      else if (char === '$' || char === '`') parts.push(this.#dollar(false));
      else {
        parts.push({ kind: 'text', text: char, isQuoted: false });
        this.#at += 1;
      }
    }
    return { word: mergeParts(parts), end: this.#at };
  }

  readUntil(isEnd: (char: string) => boolean): Word {
    const parts: WordPart[] = [];
    for (let char = this.#text[this.#at]; char !== undefined && !isEnd(char); char = this.#text[this.#at]) {
      if (char === '$' || char === '`') parts.push(this.#dollar(true));
      else {
        const isEscape = char === '\\' && /["$`\\]/.test(this.#text[this.#at + 1] ?? '');
        if (isEscape) this.#at += 1;
        parts.push({ kind: 'text', text: this.#text[this.#at] ?? '', isQuoted: true });
        this.#at += 1;
      }
    }
    return mergeParts(parts);
  }

  #singleQuoted(): WordPart {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) throw new NotScriptable('a quote that is not closed');
    const text = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return { kind: 'text', text, isQuoted: true };
  }

  #escaped(): readonly WordPart[] {
    const text = this.#text[this.#at + 1] ?? '\\';
    this.#at += 2;
    return text === '\n' ? [] : [{ kind: 'text', text, isQuoted: true }];
  }

  #dollar(isQuoted: boolean): WordPart {
    if (this.#text[this.#at] === '`') return this.#backquoted(isQuoted);
    this.#at += 1;
    const rest = this.#text.slice(this.#at);
    if (rest.startsWith('((')) return this.#arithmetic(isQuoted);
    if (rest.startsWith('(')) {
      const { command, end } = this.#nested(this.#text, this.#at + 1);
      this.#at = end + 1;
      return { kind: 'command', command, isQuoted };
    }
    if (rest.startsWith('{')) return this.#braced(isQuoted);
    const name = (NAME.exec(rest) ?? SPECIAL.exec(rest))?.[0];
    if (name === undefined) return { kind: 'text', text: '$', isQuoted };
    this.#at += name.length;
    return { kind: 'parameter', name, isQuoted };
  }

  #backquoted(isQuoted: boolean): WordPart {
    const end = this.#text.indexOf('`', this.#at + 1);
    if (end < 0) throw new NotScriptable('a backquote that is not closed');
    const { command } = this.#nested(`${this.#text.slice(this.#at + 1, end)})`, 0);
    this.#at = end + 1;
    return { kind: 'command', command, isQuoted };
  }

  #arithmetic(isQuoted: boolean): WordPart {
    const begin = this.#at + 2;
    let depth = 0;
    let end = begin;
    for (; depth > 0 || !this.#text.startsWith('))', end); end += 1) {
      if (end >= this.#text.length) throw new NotScriptable('an arithmetic expression that is not closed');
      depth += this.#text[end] === '(' ? 1 : this.#text[end] === ')' ? -1 : 0;
    }
    this.#at = end + 2;
    return { kind: 'arithmetic', expression: readQuoted(this.#text.slice(begin, end), this.#nested), isQuoted };
  }

  #braced(isQuoted: boolean): WordPart {
    this.#at += 1;
    const isLength = this.#text[this.#at] === '#' && this.#text[this.#at + 1] !== '}';
    if (isLength) this.#at += 1;
    const rest = this.#text.slice(this.#at);
    const name = (NAME.exec(rest) ?? SPECIAL.exec(rest))?.[0];
    if (name === undefined) throw new NotScriptable(`\${${rest.slice(0, 10)}`);
    this.#at += name.length;
    const operator = /^(:?[-+=?]|##?|%%?)/.exec(this.#text.slice(this.#at))?.[0];
    if (isLength || operator === undefined) {
      this.#expect('}');
      return { kind: 'parameter', name, ...(isLength ? { operator: 'length' } : {}), isQuoted };
    }
    this.#at += operator.length;
    const argument = isQuoted ? this.readUntil((char) => char === '}') : this.read((char) => char === '}').word;
    this.#expect('}');
    return { kind: 'parameter', name, operator, argument, isQuoted };
  }

  #expect(char: string): void {
    if (this.#text[this.#at] !== char) throw new NotScriptable(`a ${char} is missing`);
    this.#at += 1;
  }
}

/** Joins adjacent letters with the same quotes. */
function mergeParts(parts: readonly WordPart[]): Word {
  const word: WordPart[] = [];
  for (const part of parts) {
    const last = word.at(-1);
    if (part.kind === 'text' && last?.kind === 'text' && last.isQuoted === part.isQuoted) {
      word[word.length - 1] = { ...last, text: last.text + part.text };
    } else word.push(part);
  }
  return word;
}
