import { rename } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint, stampAt } from './fingerprint.mjs';
import { ROOT } from './root.mjs';

/**
 * Runs a program of the specs as one file, bundled again whenever a source changed: a default Jest cannot load what the
 * diallers need, and one file loads fast.
 */
export async function runBundled(name, input, ownSources) {
  // Not in node_modules: from there the package would not find itself by its name.
  const folder = path.join(ROOT, '.cache', name);
  const program = path.join(folder, 'run.mjs');
  const sources = fingerprint(ROOT, ['src', 'scripts/bundled.mjs', 'package-lock.json', ...ownSources]);
  const stamp = stampAt(path.join(folder, 'sources'));
  if (!stamp.says(sources)) {
    await bundle(input, folder, program);
    stamp.write(sources);
  }
  await import(pathToFileURL(program).href);
}

async function bundle(input, folder, program) {
  const { rolldown } = await import('rolldown');
  const bundler = await rolldown({ cwd: ROOT, input, platform: 'node', external: /^[^./]/ });
  // The program is written to another file and moved, so that a parallel run finds the old program or the new one.
  const fresh = `run.${process.pid}.mjs`;
  await bundler.write({ dir: folder, format: 'esm', entryFileNames: fresh, codeSplitting: false });
  await bundler.close();
  await rename(path.join(folder, fresh), program);
}
