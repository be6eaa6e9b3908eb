import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../root.mjs';
import { ts } from '../typescript.mjs';

/**
 * Returns the parsed sources under `src` and `matchers`: their path, text, lines, syntax tree, which sources they import,
 * and which packages. An import of a source `isValue` unless only types cross it.
 */
export function readSources() {
  const files = list(['src', 'matchers'], /\.m?ts$/);
  const known = new Set(files);
  return files.map((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    return { file, text, lines: text.split('\n').length - 1, tree, ...importsOf(file, tree, known) };
  });
}

/** Returns the files under the folders whose name matches, by path. */
export function list(folders, name) {
  const found = folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => name.test(file))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  );
  return found.sort();
}

/** Each measure walks the same trees. */
const walked = new WeakMap();

/** Returns the nodes of a tree, outermost first. */
export function nodesOf(tree) {
  const known = walked.get(tree);
  if (known) return known;
  const nodes = [];
  walked.set(tree, nodes);
  const visit = (node) => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return nodes;
}

function importsOf(file, tree, known) {
  const edges = nodesOf(tree).flatMap((node) => {
    if (ts.isImportDeclaration(node)) return [[node.moduleSpecifier, !isTypeClause(node.importClause)]];
    if (ts.isExportDeclaration(node) && node.moduleSpecifier) return [[node.moduleSpecifier, !isTypeExport(node)]];
    if (ts.isImportTypeNode(node)) return [[node.argument.literal, false]];
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      return [[node.arguments[0], true]];
    return [];
  });
  const imports = edges.flatMap(([specifier, isValue]) => {
    const to = resolve(file, specifier.text ?? '', known);
    return to === undefined ? [] : [{ to, isValue }];
  });
  const packages = edges.map(([{ text = '' }]) => text).filter((text) => text !== '' && !text.startsWith('.'));
  return { imports, packages };
}

const isTypeClause = (clause) =>
  clause !== undefined && (clause.isTypeOnly || (!clause.name && areTypes(clause.namedBindings)));
const isTypeExport = (node) => node.isTypeOnly || (node.exportClause !== undefined && areTypes(node.exportClause));
const areTypes = (names) => names?.elements?.length > 0 && names.elements.every((element) => element.isTypeOnly);

function resolve(file, specifier, known) {
  if (!specifier.startsWith('.')) return undefined;
  const base = path.posix.join(path.posix.dirname(file), specifier.replace(/\.js$/, ''));
  return [`${base}.ts`, `${base}/index.ts`, base].find((candidate) => known.has(candidate));
}
