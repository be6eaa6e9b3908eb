import path from 'node:path';
import { runBundled } from './bundled.mjs';
import { ROOT } from './root.mjs';

// Replays conformance cases: node scripts/conformance.mjs [DIR…].

if (process.argv.length === 2) process.argv.push(path.join(ROOT, 'specs/fidelity/conformance'));
await runBundled('conformance', 'specs/fidelity/conformance/run.ts', [
  'specs/fidelity/conformance',
  'scripts/conformance.mjs',
]);
