import path from 'node:path';
import { ts } from '../typescript.mjs';
import { list } from './sources.mjs';

/** From so many lines on a source has a spec of its own. */
const LARGE = 80;

const specs = () => list(['specs/unit'], /\.spec\.ts$/);
const mirrored = (file) => file.replace(/^src\//, '').replace(/\.m?ts$/, '');
const titled = (file) => file.replace(/^specs\/unit\//, '').replace(/(\.more)?\.spec\.ts$/, '');

/** Returns the unit specs that are named neither after a source nor after its folder. */
export function findStraySpecs(sources) {
  const names = new Set(sources.flatMap(({ file }) => namesOf(mirrored(file))));
  return specs().filter((file) => !names.has(titled(file)));
}

/** Returns the large sources whose spec is not at the mirrored path. One of types alone does nothing that could be checked. */
export function findMissingSpecs(sources) {
  const titles = new Set(specs().map(titled));
  return sources
    .filter(({ file, lines, tree }) => lines >= LARGE && !titles.has(mirrored(file)) && !isOfTypes(tree))
    .map(({ file }) => file);
}

function isOfTypes({ statements }) {
  return statements.every((statement) => {
    return (
      ts.isImportDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)
    );
  });
}

/** A source's own name, and those of the folders around it: `prober/prober` speaks for `prober/`. */
function namesOf(name) {
  const folder = path.posix.dirname(name);
  return folder === '.' ? [name] : [name, folder, `${folder}/${path.posix.basename(folder)}`];
}
