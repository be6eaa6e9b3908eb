import { ts } from '../../typescript.mjs';
import { isUpstream } from '../upstream.mjs';
import { commentsOf } from './comments.mjs';
import { literalsOf } from './literals.mjs';
import { namesOf } from './names.mjs';
import { proseOf } from './prose.mjs';
import { titlesOf } from './titles.mjs';

/** Returns the texts of a file that rules apply to: messages and names of the package, comments, titles and prose. */
export function textsOf(file, content) {
  if (file.endsWith('.md')) return proseOf(file, content);
  const tree = ts.createSourceFile(file, content, ts.ScriptTarget.Latest);
  const source = { file, tree, nodes: nodesOf(tree) };
  const isOfPackage = /^(src|matchers)\//.test(file);
  return [
    ...(isOfPackage && !isUpstream(file) ? literalsOf(source) : []),
    ...(isOfPackage ? namesOf(source) : []),
    ...(file.endsWith('.spec.ts') ? titlesOf(source) : []),
    ...commentsOf(source),
  ];
}

/** Returns the nodes of a tree except names and imports, outermost first. */
function nodesOf(tree) {
  const nodes = [];
  const visit = (node) => {
    if (ts.isIdentifier(node) || ts.isImportDeclaration(node)) return;
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(tree, visit);
  return nodes;
}
