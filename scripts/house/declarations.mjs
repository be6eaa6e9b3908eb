import { ts } from '../typescript.mjs';

const isType = (node) =>
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isEnumDeclaration(node);

/** Returns the names of types that more than one file declares at its top level, each with its files. */
export function findTypesDeclaredTwice(sources) {
  return findDeclaredTwice(sources, (node) => (isType(node) && node.name ? [node.name.text] : []));
}

/** Returns the names of functions and constants that more than one file exports, each with its files. */
export function findExportedTwice(sources) {
  return findDeclaredTwice(sources, (node) => (isExported(node) && !isType(node) ? namesOf(node) : []));
}

function findDeclaredTwice(sources, namesIn) {
  const declared = sources.flatMap(({ file, tree }) =>
    [...new Set(tree.statements.flatMap(namesIn))].map((name) => ({ name, file })),
  );
  const byName = Map.groupBy(declared, ({ name }) => name);
  return [...byName]
    .filter(([, { length }]) => length > 1)
    .map(([name, places]) => ({ name, files: places.map(({ file }) => file) }));
}

const isExported = (node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

function namesOf(node) {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.map(({ name }) => name.getText());
  return node.name ? [node.name.text] : [];
}

/** Returns how many names a file exports. */
export function countExports(sources, of) {
  const statements = sources.find(({ file }) => file === of).tree.statements;
  return statements.reduce((sum, node) => sum + exportedBy(node), 0);
}

function exportedBy(node) {
  if (ts.isExportDeclaration(node)) return node.exportClause?.elements?.length ?? 1;
  return isExported(node) ? namesOf(node).length : 0;
}
