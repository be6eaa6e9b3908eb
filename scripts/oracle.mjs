import path from 'node:path';
import { runBundled } from './bundled.mjs';
import { ROOT } from './root.mjs';

// Compares recordings of real nodes with their simulation: node scripts/oracle.mjs [--long] [--on engine] [DIR…].

const CASES = 'specs/fidelity/oracle';

const directories = process.argv
  .slice(2)
  .filter((arg, index, all) => !arg.startsWith('--') && all[index - 1] !== '--on');
if (directories.length === 0) process.argv.push(path.join(ROOT, CASES, 'cases'));
const code = ['app', 'compare', 'play', 'recording', 'shell', 'report.ts', 'run.ts', 'verdict.ts'];
await runBundled('oracle', `${CASES}/run.ts`, [...code.map((name) => `${CASES}/${name}`), 'scripts/oracle.mjs']);
