import { ts } from '../typescript.mjs';
import { nodesOf } from './sources.mjs';

/** Returns the lines of all sources, and the median and 95th percentile of files and of functions, in lines. */
export function measureSizes(sources) {
  const files = sources.map(({ lines }) => lines);
  const functions = sources.flatMap(({ tree }) => functionsOf(tree).map((node) => linesOf(tree, node)));
  return {
    medianFile: percentile(files, 0.5),
    p95File: percentile(files, 0.95),
    p95Function: percentile(functions, 0.95),
    lines: files.reduce((sum, lines) => sum + lines, 0),
  };
}

/** Returns how many functions take the kubelet's mutable `Turn`. */
export function countOverTurn(sources) {
  const takesTurn = ({ parameters }) => parameters.some(({ type }) => type?.getText() === 'Turn');
  return sources.reduce((sum, { tree }) => sum + functionsOf(tree).filter(takesTurn).length, 0);
}

/** A line that is a string of hexadecimal bytes or one instruction, with or without its assembler. */
const MACHINE_CODE = /^\s*(['"](?:[0-9a-f]{2})+(?: (?:[0-9a-f]{2})+)*['"]|0x[0-9a-f]{8}),?(\s*\/\/.*)?$/gm;

/** Returns the number of lines with machine code that was assembled by hand. */
export function countMachineCode(sources) {
  return sources.reduce((sum, { text }) => sum + (text.match(MACHINE_CODE)?.length ?? 0), 0);
}

const functionsOf = (tree) => nodesOf(tree).filter((node) => ts.isFunctionLike(node) && node.body);

const linesOf = (tree, node) =>
  tree.getLineAndCharacterOfPosition(node.end).line - tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;

function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
