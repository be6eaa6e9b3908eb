import { ts } from '../typescript.mjs';

/** Returns the names around a text, outermost first: `WORDS.removed` or `formatExit`. */
export function keyOf(node) {
  const names = [];
  for (let { parent } = node; parent; parent = parent.parent) {
    const name = nameOf(parent);
    if (name !== undefined) names.unshift(name);
  }
  return names.join('.');
}

function nameOf(node) {
  const isNamed =
    ts.isPropertyAssignment(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name));
  return isNamed ? node.name?.text : undefined;
}
