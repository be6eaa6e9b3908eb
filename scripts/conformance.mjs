import { rename } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint, stampAt } from './fingerprint.mjs';
import { ROOT } from './root.mjs';

// Replays conformance cases: node scripts/conformance.mjs [DIR…]. The runner is bundled, as the agent is: its diallers
// need what a default Jest cannot load, and one file loads fast.

const SOURCES = ['src', 'specs/conformance', 'scripts/conformance.mjs', 'package-lock.json'];
const FOLDER = path.join(ROOT, 'node_modules/.cache/conformance');
const PROGRAM = path.join(FOLDER, 'run.mjs');

const sources = fingerprint(ROOT, SOURCES);
const stamp = stampAt(path.join(FOLDER, 'sources'));
if (!stamp.says(sources)) {
  await bundle();
  stamp.write(sources);
}

if (process.argv.length === 2) process.argv.push(path.join(ROOT, 'specs/conformance'));
await import(pathToFileURL(PROGRAM).href);

async function bundle() {
  const { rolldown } = await import('rolldown');
  const bundler = await rolldown({
    cwd: ROOT,
    input: 'specs/conformance/run.ts',
    platform: 'node',
    external: /^[^./]/,
  });
  // Written beside and moved: whoever runs meanwhile finds the old program or the new one.
  const fresh = `run.${process.pid}.mjs`;
  await bundler.write({ dir: FOLDER, format: 'esm', entryFileNames: fresh, codeSplitting: false });
  await bundler.close();
  await rename(path.join(FOLDER, fresh), PROGRAM);
}
