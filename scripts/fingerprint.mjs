import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Returns a hash over the names and contents of files and folders, with names relative to `root`. */
export function fingerprint(root, names) {
  const hash = createHash('sha256');
  for (const name of names.flatMap((each) => filesIn(root, each))) {
    const content = readFileSync(path.join(root, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * Returns the files under `name` in a fixed order: the file itself, the files of a folder, or none if it does not
 * exist.
 */
export function filesIn(root, name) {
  const stat = lstatSync(path.join(root, name), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [name];
  const children = readdirSync(path.join(root, name)).sort();
  return children.flatMap((child) => filesIn(root, path.join(name, child)));
}

/** Returns a stamp, a file that stores the fingerprint of the last completed work. */
export function stampAt(file) {
  return {
    says: (value) => readOrNothing(file) === value,
    write(value) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, value);
    },
  };
}

function readOrNothing(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
