import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run } from '../processes.mjs';
import { ROOT } from '../root.mjs';
import { unexpectedChecks } from './unexpectedChecks.mjs';

const CACHE = path.join(ROOT, 'node_modules/.cache');
/** On an engine that is slow enough, each check takes its time. */
const WITHIN = '60m';

/** Runs gates on an engine. A gate passes here if the checks fail that are to fail, and no others; each has to run. */
export async function runGates(gates, env, isSlow) {
  const counts = { passed: 0, failed: 0 };
  for (const gate of gates) {
    const unexpected = await surprises(gate, env, isSlow);
    counts[unexpected.length === 0 ? 'passed' : 'failed'] += 1;
    console.log(`gate ${gate.manifest}: ${unexpected.length === 0 ? 'as expected' : unexpected.join(', ')}`);
  }
  return counts;
}

async function surprises({ manifest, images, fails }, env, isSlow) {
  const file = path.join(CACHE, `gate-${process.pid}.json`);
  const given = Object.entries(images).flatMap(([container, image]) => ['--image', `${container}=${image}`]);
  const slow = isSlow ? ['--parallel', '1'] : [];
  const formats = ['--format', 'text', '--format', `json=${file}`];
  try {
    await run('node', ['dist/cli.mjs', 'gate', '-f', manifest, '--within', WITHIN, ...slow, ...given, ...formats], env);
    return unexpectedChecks(JSON.parse(readFileSync(file, 'utf8')), fails);
  } catch (error) {
    return [`no report (${error.message})`];
  } finally {
    rmSync(file, { force: true });
  }
}
