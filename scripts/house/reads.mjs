import ts from 'typescript5';
import { nodesOf } from './sources.mjs';

/** Returns the files that go through a timeline's events themselves: `….events` or `timeline.of(…)`. */
export function findRecordScans(sources) {
  return sources.filter(({ tree }) => nodesOf(tree).some(isScan)).map(({ file }) => file);
}

function isScan(node) {
  if (!ts.isPropertyAccessExpression(node)) return false;
  if (node.name.text === 'events') return true;
  return node.name.text === 'of' && /^(this|[a-z])/.test(node.expression.getText());
}

const READERS = /^src\/(timeline|assertions|gate|report|cli|reporter)\//;
const TEXT = /(^|[.?])(message|output|received|sentence)(\(\))?$/;
const OF_TEXT = new Set(['match', 'matchAll', 'startsWith', 'endsWith', 'includes', 'search']);
const OF_PATTERN = new Set(['test', 'exec']);

/** Returns how many calls read a fact back out of the text of an event, an output or a result. */
export function countParsedTexts(sources) {
  return sources
    .filter(({ file }) => READERS.test(file))
    .reduce((sum, { tree }) => sum + nodesOf(tree).filter(isParse).length, 0);
}

function isParse(node) {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { name, expression } = node.expression;
  if (OF_TEXT.has(name.text)) return TEXT.test(expression.getText());
  return OF_PATTERN.has(name.text) && node.arguments.some((argument) => TEXT.test(argument.getText()));
}
