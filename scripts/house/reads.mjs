import { ts } from '../typescript.mjs';
import { nodesOf } from './sources.mjs';

/** Returns the files that go through a timeline's events themselves: `timeline.events`, `timeline.of(…)`, `{ events }: Timeline`. */
export function findRecordScans(sources) {
  return sources.filter(({ tree }) => nodesOf(tree).some(isScan)).map(({ file }) => file);
}

const TIMELINE = /timeline$/i;

function isScan(node) {
  if (ts.isPropertyAccessExpression(node)) {
    return ['events', 'of'].includes(node.name.text) && TIMELINE.test(node.expression.getText());
  }
  if (!ts.isBindingElement(node) || (node.propertyName ?? node.name).getText() !== 'events') return false;
  const { type, initializer } = node.parent.parent;
  return [type, initializer].some((part) => part !== undefined && TIMELINE.test(part.getText()));
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
