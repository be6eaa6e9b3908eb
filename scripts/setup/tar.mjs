import { createReadStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { inTemporaryFolder, run } from './command.mjs';

const ROOTS = ['--owner=0', '--group=0'];

/**
 * Calls `use` with a function that opens an archive of the files that `fill` writes to an empty folder. All files
 * belong to root, unless `keepOwners` is set.
 */
export function withTar(fill, use, { keepOwners = false } = {}) {
  return inTemporaryFolder(async (folder) => {
    const root = path.join(folder, 'root');
    const archive = path.join(folder, 'root.tar');
    mkdirSync(root);
    fill(root);
    const owners = keepOwners ? [] : ROOTS;
    run('tar', ['--create', '--file', archive, '--directory', root, ...owners, '--numeric-owner', '.']);
    await use(() => createReadStream(archive));
  });
}
