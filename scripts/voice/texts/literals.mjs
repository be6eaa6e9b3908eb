import { ts } from '../../typescript.mjs';
import { hideCode, makeText, PLACEHOLDER } from './text.mjs';

/** Returns the strings of a source that are words: those with a space between two of them. */
export function literalsOf({ file, tree, nodes }) {
  return nodes.flatMap((node) => {
    const text = textOf(node);
    if (text === undefined || !/\S\s\S/.test(text)) return [];
    return [makeText(file, 'messages', undefined, linesOf(tree, node, hideCode(text)))];
  });
}

/** Returns the words of a string or template literal, with placeholders for its values. */
export function textOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => PLACEHOLDER + literal.text).join('');
}

/** Returns where a node starts, as a line of its file. */
export const lineOf = (tree, node) => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;

/** Returns a string as one line: a break in it may be an escape, which ends no line of the source. */
const linesOf = (tree, node, text) => [[lineOf(tree, node), text.replace(/\s+/g, ' ')]];
