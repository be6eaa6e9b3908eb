import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../processes.mjs';
import { ROOT } from '../root.mjs';
import { overloadedSpecs, summarize, withRepeated } from './repeat.mjs';

// Not in the temporary folder: an interrupt would leave it there.
const RESULTS = path.join(ROOT, 'node_modules/.cache/jest-results');

/**
 * Runs one spec file after another. A connection to the engine that a spec left open must not keep Jest from exiting.
 */
export const IN_BAND = ['--runInBand', '--forceExit'];

/** The results of a Jest that did not finish. */
const NOTHING = { success: false, numRuntimeErrorTestSuites: 1, testResults: [] };

/**
 * Runs Jest, and repeats alone each spec file whose pods had no result because the machine was overloaded. Writes the
 * totals of both to `totalsFile`, if set, and resolves to an exit code.
 */
export async function runJest(args, env, totalsFile) {
  const first = await runOnce('first', args, env);
  const repeated = overloadedSpecs(first);
  const results = repeated.length === 0 ? first : withRepeated(first, await repeatAlone(repeated, env));
  console.log(`repeated alone: ${repeated.length}`);
  if (totalsFile) writeFileSync(totalsFile, JSON.stringify(summarize(results, repeated)));
  return results.success ? 0 : 1;
}

async function repeatAlone(files, env) {
  const names = files.map((file) => path.relative(ROOT, file));
  console.log(`repeating alone, because the machine was overloaded: ${names.join(', ')}`);
  return runOnce('again', [...IN_BAND, '--runTestsByPath', ...names], env);
}

async function runOnce(name, args, env) {
  const file = path.join(RESULTS, `${process.pid}-${name}.json`);
  mkdirSync(RESULTS, { recursive: true });
  await run('jest', ['--json', `--outputFile=${file}`, ...args], env);
  if (!existsSync(file)) return NOTHING;
  const results = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  return results;
}
