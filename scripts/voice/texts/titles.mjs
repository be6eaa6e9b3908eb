import { ts } from '../../typescript.mjs';
import { lineOf, textOf } from './literals.mjs';
import { makeText } from './text.mjs';

const CALL = /^(describe|test|it)(\.|$)/;

/** Returns the titles of a spec, `of` a test or of what it describes. */
export function titlesOf({ file, tree, nodes }) {
  return nodes.filter(ts.isCallExpression).flatMap((node) => {
    const [, name] = nameOf(node.expression).match(CALL) ?? [];
    const text = name && node.arguments[0] && textOf(node.arguments[0]);
    if (!text) return [];
    return [makeText(file, 'titles', name === 'it' ? 'test' : name, [[lineOf(tree, node.arguments[0]), text]])];
  });
}

/** Returns the name of a called function: that of `test.each(rows)` is `test.each`. */
function nameOf(expression) {
  if (ts.isCallExpression(expression)) return nameOf(expression.expression);
  if (ts.isTaggedTemplateExpression(expression)) return nameOf(expression.tag);
  if (ts.isPropertyAccessExpression(expression)) return `${nameOf(expression.expression)}.${expression.name.text}`;
  return ts.isIdentifier(expression) ? expression.text : '';
}
