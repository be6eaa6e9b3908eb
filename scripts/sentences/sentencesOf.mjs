import { nodesOf } from '../house/sources.mjs';
import { ts } from '../typescript.mjs';
import { keyOf } from './keyOf.mjs';

/** Every text in it is for users. Elsewhere only sentences are: keys, options and upstream names are shorter. */
const WORDING = 'src/wording/';
const LEAST_WORDS = 3;
const WORD = /[A-Za-z]{2,}/g;
const VALUE_LENGTH_MAX = 40;

/** Returns the sentences of a source in their order, each with its key: the names around it. */
export function sentencesOf({ file, tree }) {
  const isWording = file.startsWith(WORDING);
  return nodesOf(tree)
    .filter((node) => isText(node) && !isName(node) && !isInside(node))
    .map((node) => ({ key: keyOf(node), text: textOf(node, tree) }))
    .filter(({ text }) => (isWording ? /[A-Za-z]/.test(text) : isSentence(text)));
}

const isText = (node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

/** True for texts of the program: module names, types, cases, operands of comparisons, keys. */
function isName(node) {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isCaseClause(parent) ||
    ts.isElementAccessExpression(parent) ||
    isComparison(parent)
  );
}

const COMPARISONS = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.InKeyword,
]);

const isComparison = (node) => ts.isBinaryExpression(node) && COMPARISONS.has(node.operatorToken.kind);

/** True for a text within a template, which shows it at its place. */
function isInside(node) {
  for (let { parent } = node; parent && !ts.isFunctionLike(parent); parent = parent.parent)
    if (ts.isTemplateSpan(parent)) return true;
  return false;
}

function isSentence(text) {
  return text.includes(' ') && (text.replace(/\{[^}]*\}/g, '').match(WORD) ?? []).length >= LEAST_WORDS;
}

/** Returns a text on one line, with the source of its values in braces. */
function textOf(node, tree) {
  const text = ts.isTemplateExpression(node)
    ? node.head.text + node.templateSpans.map((span) => `{${sourceOf(span, tree)}}${span.literal.text}`).join('')
    : node.text;
  return text.replace(/\s*\n\s*/g, ' ⏎ ');
}

/** Returns the source of a value: short, or with the texts that it chooses from. */
function sourceOf({ expression }, tree) {
  const source = expression.getText(tree).replace(/\s+/g, ' ');
  const hasTexts = nodesOf(expression).some((node) => isText(node) && !isName(node));
  return hasTexts || source.length <= VALUE_LENGTH_MAX ? source : '…';
}
