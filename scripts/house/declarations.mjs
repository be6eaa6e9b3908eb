import ts from 'typescript5';

const isType = (node) =>
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isEnumDeclaration(node);

/** Returns the names of types that more than one file declares at its top level, each with its files. */
export function findTypesDeclaredTwice(sources) {
  const declared = sources.flatMap(({ file, tree }) => {
    const names = tree.statements.filter(isType).flatMap(({ name }) => (name ? [name.text] : []));
    return [...new Set(names)].map((name) => ({ name, file }));
  });
  const byName = Map.groupBy(declared, ({ name }) => name);
  return [...byName]
    .filter(([, { length }]) => length > 1)
    .map(([name, places]) => ({ name, files: places.map(({ file }) => file) }));
}

/** Returns how many names a file exports. */
export function countExports(sources, of) {
  const statements = sources.find(({ file }) => file === of).tree.statements;
  return statements.reduce((sum, node) => sum + exportedBy(node), 0);
}

function exportedBy(node) {
  if (ts.isExportDeclaration(node)) return node.exportClause?.elements?.length ?? 1;
  if (!node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return 0;
  return ts.isVariableStatement(node) ? node.declarationList.declarations.length : 1;
}
