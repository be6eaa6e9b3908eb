import { ts } from '../../typescript.mjs';
import { lineOf } from './literals.mjs';
import { makeText } from './text.mjs';

/** Returns the names that a source declares, `of` a type, a function, a boolean or a number. */
export function namesOf({ file, tree, nodes }) {
  return nodes.flatMap((node) => {
    const of = kindOf(node);
    if (of === undefined || !node.name || !ts.isIdentifier(node.name)) return [];
    return [makeText(file, 'names', of, [[lineOf(tree, node.name), node.name.text]])];
  });
}

function kindOf(node) {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node)) return 'type';
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return 'function';
  if (ts.isVariableDeclaration(node) && node.initializer && ts.isArrowFunction(node.initializer)) return 'function';
  if (node.type?.kind === ts.SyntaxKind.BooleanKeyword) return 'boolean';
  if (node.type?.kind === ts.SyntaxKind.NumberKeyword) return 'number';
  return undefined;
}
