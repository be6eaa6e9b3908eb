import { ts } from '../../typescript.mjs';
import { hideCode, makeText } from './text.mjs';

/** A comment for a tool. */
const DIRECTIVE = /^(\/\/|\/\*+)\s*(biome-ignore|voice-ignore|@ts-|<reference)/;

/** Returns the comments of a source. `//` lines below each other are one comment; a docstring is `of` what it describes. */
export function commentsOf({ file, tree, nodes }) {
  const described = new Map(nodes.flatMap((node) => (node.jsDoc ?? []).map(({ pos }) => [pos, roleOf(node)])));
  return join(findComments(tree, nodes)).flatMap(({ pos, blocks }) => {
    const lines = ownLines(blocks);
    return lines.length === 0 ? [] : [makeText(file, 'comments', described.get(pos), lines)];
  });
}

/** Returns the comments' positions and source text: whatever looks like one outside strings and regular expressions. */
function findComments(tree, nodes) {
  const literals = nodes.filter(isLiteral).map((node) => ({ pos: node.getStart(tree), end: node.end }));
  literals.sort((one, other) => one.pos - other.pos);
  const comments = [];
  const pattern = /\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  let next = 0;
  for (let match = pattern.exec(tree.text); match; match = pattern.exec(tree.text)) {
    while (literals[next]?.end <= match.index) next += 1;
    const literal = literals[next];
    if (literal && literal.pos <= match.index) pattern.lastIndex = literal.end;
    else if (!DIRECTIVE.test(match[0]))
      comments.push({ pos: match.index, source: match[0], ...placeOf(tree, match.index) });
  }
  return comments;
}

function placeOf(tree, pos) {
  const { line, character } = tree.getLineAndCharacterOfPosition(pos);
  const isAlone = tree.text.slice(pos - character, pos).trim() === '';
  return { line: line + 1, isAlone };
}

const isLiteral = (node) =>
  ts.isStringLiteral(node) ||
  ts.isRegularExpressionLiteral(node) ||
  ts.isNoSubstitutionTemplateLiteral(node) ||
  node.kind === ts.SyntaxKind.TemplateHead ||
  node.kind === ts.SyntaxKind.TemplateMiddle ||
  node.kind === ts.SyntaxKind.TemplateTail;

function join(comments) {
  const joined = [];
  for (const { pos, source, line, isAlone } of comments) {
    const last = joined.at(-1);
    const goesOn = isAlone && source.startsWith('//') && last?.isLine && last.end === line - 1;
    if (goesOn) {
      last.blocks.push({ source, line });
      last.end = line;
    } else joined.push({ pos, blocks: [{ source, line }], isLine: isAlone && source.startsWith('//'), end: line });
  }
  return joined;
}

/** Returns the lines of our own words: up to a `Source:`, a tag or a directive. */
function ownLines(blocks) {
  const lines = blocks.flatMap(({ source, line }) =>
    source.split('\n').map((row, index) => [line + index, row.replace(/^\s*(\/\*\*?|\*(?!\/)|\/\/+)|\*\/$/g, '')]),
  );
  const own = [];
  for (const [line, row] of lines) {
    const [before, ...after] = row.split(/\bSource: |(?:^|\s)@[a-z]+\b/);
    const words = hideCode(before.replace(/\*\/$/, ''));
    if (words.trim() !== '') own.push([line, words]);
    if (after.length > 0) break;
  }
  return own;
}

/** Returns what a declaration is to its docstring: a function, a type, a flag or something else. */
function roleOf(node) {
  const value = ts.isVariableStatement(node) ? node.declarationList.declarations[0].initializer : undefined;
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return 'function';
  if (value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value))) return 'function';
  if (ts.isTypeAliasDeclaration(node) && ts.isFunctionTypeNode(node.type)) return 'other';
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node)) return 'type';
  if (node.type?.kind === ts.SyntaxKind.BooleanKeyword && !ts.isParameter(node)) return 'flag';
  return 'other';
}
