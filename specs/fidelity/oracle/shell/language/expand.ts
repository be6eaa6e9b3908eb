import type { Streams } from '../process';
import { arithmetic } from './arithmetic';
import { type Command, NotScriptable, type Word, type WordPart } from './syntax';

/** The functions with which a word is expanded. */
export interface Scope {
  readonly variables: Map<string, string>;
  readonly args: readonly string[];
  readonly status: number;
  readonly isFirst: boolean;
  /** The number of the newest process in the background. */
  readonly lastJob: number;
  capture(command: Command, streams: Streams): string;
}

/** A letter for the end of a field: between two that an unquoted expansion splits. */
const SPLIT = '\u0001';
/** Stands for a word that is empty and quoted, which is kept. */
const KEPT = '\u0002';

/** Returns the words of a command, expanded and split. Patterns of file names match nothing. */
export function expandWords(words: readonly Word[], scope: Scope, streams: Streams): readonly string[] {
  return words.flatMap((word) => {
    const text = word.map((part) => fieldsOf(part, scope, streams)).join('');
    return text
      .split(SPLIT)
      .filter((field) => field !== '')
      .map((field) => field.replaceAll(KEPT, ''));
  });
}

/** Returns a word without splitting it, such as a value, a target or a pattern. */
export function expandOne(word: Word, scope: Scope, streams: Streams): string {
  return word.map((part) => textOf(part, scope, streams)).join('');
}

/** Returns true if a text matches a pattern of `case`. */
export function matches(pattern: Word, text: string, scope: Scope, streams: Streams): boolean {
  const source = pattern.map((part) => {
    const value = textOf(part, scope, streams);
    return part.isQuoted ? escapePattern(value) : patternSource(value);
  });
  return new RegExp(`^${source.join('')}$`, 's').test(text);
}

function fieldsOf(part: WordPart, scope: Scope, streams: Streams): string {
  if (part.kind === 'parameter' && part.name === '@' && part.isQuoted) {
    return scope.args
      .slice(1)
      .map((arg) => `${KEPT}${arg}`)
      .join(SPLIT);
  }
  const value = textOf(part, scope, streams);
  if (part.isQuoted) return `${KEPT}${value}`;
  if (part.kind === 'text' && /[*?]/.test(value)) throw new NotScriptable(`the names of files that match ${value}`);
  return part.kind === 'text' ? value : value.replace(/[ \t\n]+/g, SPLIT);
}

function textOf(part: WordPart, scope: Scope, streams: Streams): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'command':
      return scope.capture(part.command, streams).replace(/\n+$/, '');
    case 'arithmetic':
      return String(arithmetic(expandOne(part.expression, scope, streams), (name) => parameter(name, scope) ?? ''));
    case 'parameter':
      return withOperator(part, parameter(part.name, scope), scope, streams);
  }
}

function parameter(name: string, scope: Scope): string | undefined {
  switch (name) {
    case '?':
      return String(scope.status);
    case '#':
      return String(scope.args.length - 1);
    case '@':
    case '*':
      return scope.args.slice(1).join(' ');
    case '$':
      if (scope.isFirst) return '1';
      throw new NotScriptable('$$ of a process that is not the first');
    case '!':
      return String(scope.lastJob);
    case '-':
      throw new NotScriptable(`$${name}`);
    default:
      return /^\d+$/.test(name) ? scope.args[Number(name)] : scope.variables.get(name);
  }
}

function withOperator(
  { operator, argument = [] }: Extract<WordPart, { kind: 'parameter' }>,
  value: string | undefined,
  scope: Scope,
  streams: Streams,
): string {
  const isMissing = operator?.startsWith(':') ? !value : value === undefined;
  switch (operator) {
    case undefined:
      return value ?? '';
    case 'length':
      return String((value ?? '').length);
    case '-':
    case ':-':
      return isMissing ? expandOne(argument, scope, streams) : (value ?? '');
    case '+':
    case ':+':
      return isMissing ? '' : expandOne(argument, scope, streams);
    default:
      throw new NotScriptable(`\${…${operator}…}`);
  }
}

function patternSource(pattern: string): string {
  return escapePattern(pattern).replaceAll('\\*', '.*').replaceAll('\\?', '.');
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
