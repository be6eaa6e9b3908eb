import path from 'node:path';
import { runBundled } from './bundled.mjs';
import { ROOT } from './root.mjs';

// Replays conformance cases: node scripts/conformance.mjs [DIR…].

if (process.argv.length === 2) process.argv.push(path.join(ROOT, 'specs/conformance'));
await runBundled('conformance', 'specs/conformance/run.ts', ['specs/conformance', 'scripts/conformance.mjs']);
