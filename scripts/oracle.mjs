import path from 'node:path';
import { runBundled } from './bundled.mjs';
import { ROOT } from './root.mjs';

// Compares recordings of real nodes with their simulation: node scripts/oracle.mjs [--long] [DIR…].

const CASES = 'specs/fidelity/oracle';

if (!process.argv.slice(2).some((arg) => !arg.startsWith('--'))) process.argv.push(path.join(ROOT, CASES, 'cases'));
const code = ['app', 'compare', 'play', 'recording', 'shell', 'report.ts', 'run.ts', 'verdict.ts'];
await runBundled('oracle', `${CASES}/run.ts`, [...code.map((name) => `${CASES}/${name}`), 'scripts/oracle.mjs']);
