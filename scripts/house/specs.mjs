import path from 'node:path';
import { ts } from '../typescript.mjs';
import { list, nodesOf } from './sources.mjs';

/** The number of lines from which a source needs its own spec. */
const LARGE = 80;
/** Every file of the kubelet that has a function has one, because each of its rules is one of Kubernetes. */
const KUBELET = 'src/kubelet/';

const specs = () => list(['specs/unit'], /\.spec\.ts$/);
const nameOfSource = (file) => file.replace(/^src\//, '').replace(/\.m?ts$/, '');
const nameOfSpec = (file) => file.replace(/^specs\/unit\//, '').replace(/(\.more)?\.spec\.ts$/, '');

/** Returns the unit specs that are named neither after a source nor after its folder. */
export function findStraySpecs(sources) {
  const names = new Set(sources.flatMap(({ file }) => namesOf(nameOfSource(file))));
  return specs().filter((file) => !names.has(nameOfSpec(file)));
}

/** Returns the large sources whose spec is not at the mirrored path. One of types alone does nothing that could be checked. */
export function findMissingSpecs(sources) {
  return withoutSpec(sources.filter(({ lines, tree }) => lines >= LARGE && !isOfTypes(tree)));
}

/** Returns the files of the kubelet, of any size, whose spec is not at the mirrored path. One of types or data has no rule. */
export function findKubeletWithoutSpec(sources) {
  return withoutSpec(sources.filter(({ file, tree }) => file.startsWith(KUBELET) && hasFunction(tree)));
}

function withoutSpec(sources) {
  const titles = new Set(specs().map(nameOfSpec));
  return sources.map(({ file }) => file).filter((file) => !titles.has(nameOfSource(file)));
}

const hasFunction = (tree) => nodesOf(tree).some((node) => ts.isFunctionLike(node) && node.body);

function isOfTypes({ statements }) {
  return statements.every((statement) => {
    return (
      ts.isImportDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)
    );
  });
}

/** Returns the name of a source and those of its folders, because `prober/prober` represents `prober/`. */
function namesOf(name) {
  const folder = path.posix.dirname(name);
  return folder === '.' ? [name] : [name, folder, `${folder}/${path.posix.basename(folder)}`];
}
