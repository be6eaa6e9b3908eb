import { type Assign, type Command, NotScriptable, type Redirect, type Word } from './syntax';
import { readWord } from './words';

const ASSIGN = /^[A-Za-z_][A-Za-z0-9_]*=/;
const REDIRECT = /^(\d?)(>>|>&|<&|>\||<<|<>|>|<)/;
const RESERVED = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}']);

/** Reads the command lines of a shell. Throws a {@link NotScriptable} for what it does not know. */
export function parse(text: string): Command {
  const parser = new Parser(text, 0);
  const command = parser.list();
  if (!parser.isAtEnd) throw new NotScriptable(`${JSON.stringify(parser.rest.slice(0, 20))} in a command line`);
  return command;
}

class Parser {
  readonly #text: string;
  #at: number;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#at = from;
  }

  get rest(): string {
    return this.#text.slice(this.#at);
  }

  get isAtEnd(): boolean {
    this.#skipLines();
    return this.#at >= this.#text.length;
  }

  list(): Command {
    const commands: { command: Command; inBackground: boolean }[] = [];
    for (;;) {
      this.#skipLines();
      if (this.#isEndOfList()) break;
      const command = this.#andOr();
      this.#skipBlanks();
      const inBackground = /^&(?!&)/.test(this.rest);
      commands.push({ command, inBackground });
      if (inBackground || /^;(?!;)/.test(this.rest)) this.#at += 1;
      else if (!this.rest.startsWith('\n')) break;
    }
    const [only] = commands;
    return commands.length === 1 && only && !only.inBackground ? only.command : { kind: 'list', commands };
  }

  #isEndOfList(): boolean {
    return this.rest === '' || this.rest.startsWith(')') || this.rest.startsWith(';;') || RESERVED.has(this.#peek());
  }

  #andOr(): Command {
    let left = this.#pipeline();
    for (;;) {
      this.#skipBlanks();
      const operator = /^(&&|\|\|)/.exec(this.rest)?.[0] as '&&' | '||' | undefined;
      if (!operator) return left;
      this.#at += 2;
      this.#skipLines();
      left = { kind: 'both', operator, left, right: this.#pipeline() };
    }
  }

  #pipeline(): Command {
    if (this.#takeWord('!')) return { kind: 'not', command: this.#pipeline() };
    let left = this.#command();
    for (;;) {
      this.#skipBlanks();
      if (!/^\|(?!\|)/.test(this.rest)) return left;
      this.#at += 1;
      this.#skipLines();
      left = { kind: 'pipe', left, right: this.#command() };
    }
  }

  #command(): Command {
    this.#skipBlanks();
    const compound = this.#compound();
    if (!compound) return this.#simple();
    const redirects = this.#redirects();
    return redirects.length === 0 ? compound : { kind: 'redirected', command: compound, redirects };
  }

  #compound(): Command | undefined {
    if (this.rest.startsWith('((')) throw new NotScriptable('(( )) as a command');
    if (this.rest.startsWith('(')) {
      this.#at += 1;
      const body = this.list();
      this.#expect(')');
      return { kind: 'subshell', body };
    }
    if (this.#takeWord('{')) return this.#until('}');
    if (this.#takeWord('if')) return this.#if();
    if (this.#takeWord('while')) return this.#loop(false);
    if (this.#takeWord('until')) return this.#loop(true);
    if (this.#takeWord('for')) return this.#for();
    if (this.#takeWord('case')) return this.#case();
    const [head, name] = /^([A-Za-z_][A-Za-z0-9_]*)[ \t]*\([ \t]*\)/.exec(this.rest) ?? [];
    if (head === undefined || name === undefined) return undefined;
    this.#at += head.length;
    this.#skipLines();
    return { kind: 'function', name, body: this.#command() };
  }

  #if(): Command {
    const branches: { condition: Command; body: Command }[] = [];
    for (;;) {
      const condition = this.#until('then');
      branches.push({ condition, body: this.list() });
      if (this.#takeWord('elif')) continue;
      const otherwise = this.#takeWord('else') ? this.list() : undefined;
      this.#expectWord('fi');
      return { kind: 'if', branches, ...(otherwise && { otherwise }) };
    }
  }

  #loop(until: boolean): Command {
    const condition = this.#until('do');
    return { kind: 'loop', until, condition, body: this.#until('done') };
  }

  #for(): Command {
    this.#skipBlanks();
    const name = this.#peek();
    this.#expectWord(name);
    this.#skipLines();
    let words: Word[] | undefined;
    if (this.#takeWord('in')) {
      words = [];
      for (this.#skipBlanks(); !/^[;\n]/.test(this.rest); this.#skipBlanks()) words.push(this.#word());
    }
    if (this.rest.startsWith(';')) this.#at += 1;
    this.#expectWord('do');
    return { kind: 'for', name, ...(words && { words }), body: this.#until('done') };
  }

  #case(): Command {
    this.#skipBlanks();
    const word = this.#word();
    this.#expectWord('in');
    const branches: { patterns: Word[]; body: Command }[] = [];
    while (!this.#takeWord('esac')) {
      if (this.rest.startsWith('(')) this.#at += 1;
      const patterns: Word[] = [];
      do {
        this.#skipBlanks();
        patterns.push(this.#word());
        this.#skipBlanks();
      } while (this.#take('|'));
      this.#expect(')');
      branches.push({ patterns, body: this.list() });
      if (this.rest.startsWith(';;')) this.#at += 2;
    }
    return { kind: 'case', word, branches };
  }

  #simple(): Command {
    const assigns: Assign[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      redirects.push(...this.#redirects());
      const assign = words.length === 0 ? ASSIGN.exec(this.rest)?.[0] : undefined;
      if (assign) {
        this.#at += assign.length;
        assigns.push({ name: assign.slice(0, -1), value: this.#word() });
      } else if (this.rest === '' || /^[;&|()\n#]/.test(this.rest)) break;
      else words.push(this.#word());
    }
    if (assigns.length + words.length + redirects.length === 0) {
      throw new NotScriptable(`${JSON.stringify(this.rest.slice(0, 20))} where a command begins`);
    }
    const command: Command = { kind: 'simple', assigns, words };
    return redirects.length === 0 ? command : { kind: 'redirected', command, redirects };
  }

  #redirects(): readonly Redirect[] {
    const redirects: Redirect[] = [];
    for (;;) {
      this.#skipBlanks();
      const [all, fd = '', operator = ''] = REDIRECT.exec(this.rest) ?? [];
      if (all === undefined) return redirects;
      if (operator === '<<' || operator === '<&' || operator === '<>')
        throw new NotScriptable(`${operator} in a command line`);
      this.#at += all.length;
      this.#skipBlanks();
      const target = this.#word();
      const reads = operator === '<';
      redirects.push({
        fd: fd === '' ? (reads ? 0 : 1) : Number(fd),
        operator: operator === '>|' ? '>' : (operator as Redirect['operator']),
        target,
      });
    }
  }

  #word(): Word {
    const { word, end } = readWord(this.#text, this.#at, parseNested);
    this.#at = end;
    return word;
  }

  /** Parses the commands before a reserved word. */
  #until(word: string): Command {
    const body = this.list();
    this.#expectWord(word);
    return body;
  }

  #peek(): string {
    return /^[^\s;&|<>()]+/.exec(this.rest)?.[0] ?? '';
  }

  #takeWord(word: string): boolean {
    this.#skipLines();
    if (this.#peek() !== word) return false;
    this.#at += word.length;
    return true;
  }

  #expectWord(word: string): void {
    if (!this.#takeWord(word))
      throw new NotScriptable(`a ${word} is missing before ${JSON.stringify(this.rest.slice(0, 20))}`);
  }

  #take(char: string): boolean {
    if (!this.rest.startsWith(char)) return false;
    this.#at += char.length;
    return true;
  }

  #expect(char: string): void {
    this.#skipLines();
    if (!this.#take(char)) throw new NotScriptable(`a ${char} is missing`);
  }

  #skipBlanks(): void {
    const blanks = /^(?:[ \t]|\\\n)*(?:#[^\n]*)?/.exec(this.rest)?.[0] ?? '';
    this.#at += blanks.length;
  }

  #skipLines(): void {
    for (let before = -1; before !== this.#at; ) {
      before = this.#at;
      this.#skipBlanks();
      if (this.rest.startsWith('\n')) this.#at += 1;
    }
  }
}

/** Parses a command line inside `$( )`. */
function parseNested(text: string, from: number): { readonly command: Command; readonly end: number } {
  const inner = new Parser(text, from);
  const command = inner.list();
  const end = text.length - inner.rest.length;
  if (text[end] !== ')') throw new NotScriptable('a ) is missing');
  return { command, end };
}
