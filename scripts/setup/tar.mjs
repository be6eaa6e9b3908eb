import { createReadStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { inTemporaryFolder, run } from './command.mjs';

/** Hands `use` an archive, as a stream, of what `fill` puts into an empty folder; all of it owned by root. */
export function withTar(fill, use) {
  return inTemporaryFolder(async (folder) => {
    const root = path.join(folder, 'root');
    const archive = path.join(folder, 'root.tar');
    mkdirSync(root);
    fill(root);
    run('tar', ['--create', '--file', archive, '--directory', root, '--owner=0', '--group=0', '--numeric-owner', '.']);
    await use(createReadStream(archive));
  });
}
