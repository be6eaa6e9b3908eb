import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/** Writes the type declarations of the sources in `root`. Default folder: `dist/types`. */
export async function declareTypes(root, into = path.join(root, 'dist/types')) {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const project = path.join(root, 'tsconfig.build.json');
  await promisify(execFile)(process.execPath, [tsc, '--project', project, '--outDir', into]);
}
