import { exists, isFolder, readFile } from './files';
import { NotScriptable } from './language/syntax';
import type { Process } from './process';

type Compare = (left: number, right: number) => boolean;

const NUMBERS: Readonly<Record<string, Compare>> = {
  '-eq': (left, right) => left === right,
  '-ne': (left, right) => left !== right,
  '-lt': (left, right) => left < right,
  '-le': (left, right) => left <= right,
  '-gt': (left, right) => left > right,
  '-ge': (left, right) => left >= right,
};

/** Returns the exit code of `test` and `[`. */
export function test(process: Process, words: readonly string[]): number {
  return evaluate(process, words) ? 0 : 1;
}

function evaluate(process: Process, words: readonly string[]): boolean {
  for (const [operator, combine] of [
    ['-o', (a: boolean, b: boolean) => a || b],
    ['-a', (a: boolean, b: boolean) => a && b],
  ] as const) {
    const index = words.indexOf(operator, 1);
    if (index > 0 && index < words.length - 1 && words.length > 3) {
      return combine(evaluate(process, words.slice(0, index)), evaluate(process, words.slice(index + 1)));
    }
  }
  const [first, second, third] = words;
  if (words.length === 0) return false;
  if (first === '!' && words.length > 1) return !evaluate(process, words.slice(1));
  if (words.length === 1) return first !== '';
  if (words.length === 2) return unary(process, first ?? '', second ?? '');
  return binary(first ?? '', second ?? '', third ?? '');
}

function unary(process: Process, operator: string, operand: string): boolean {
  switch (operator) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-e':
    case '-r':
      return exists(process, operand);
    case '-f':
      return readFile(process, operand) !== undefined;
    case '-d':
      return isFolder(process, operand);
    case '-s':
      return (readFile(process, operand) ?? '') !== '';
    case '-w':
      return exists(process, operand) && process.place.refusal(operand) === undefined;
    default:
      throw new NotScriptable(`test ${operator}`);
  }
}

function binary(left: string, operator: string, right: string): boolean {
  if (operator === '=' || operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  const compare = NUMBERS[operator];
  if (!compare) throw new NotScriptable(`test with ${operator}`);
  return compare(Number(left), Number(right));
}
