import { createReadStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { inTemporaryFolder, run } from './command.mjs';

const ROOTS = ['--owner=0', '--group=0'];

/**
 * Hands `use` what opens an archive, as a stream, of what `fill` puts into an empty folder; all of it owned by root,
 * unless its owners are to be kept.
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
