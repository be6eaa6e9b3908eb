import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './processes.mjs';

// Runs the attacks of specs/hostile with Jest, each of which is one test, and counts those that came through. Arguments
// are Jest's.

const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-hostile-'));
const results = path.join(folder, 'results.json');
const jest = ['--testPathPatterns', 'specs/hostile/', '--json', `--outputFile=${results}`, '--silent=false'];
try {
  const code = await run('jest', [...jest, ...process.argv.slice(2)], process.env);
  const { numTotalTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(results, 'utf8'),
  );
  const tried = numTotalTests - numPendingTests;
  console.log(`${tried} attempts, ${numFailedTests} came through`);
  if (numPendingTests > 0) console.log(`${numPendingTests} could not be tried: no container engine answers`);
  if (numRuntimeErrorTestSuites > 0) console.log(`${numRuntimeErrorTestSuites} files of attacks could not be run`);
  process.exitCode = code || Number(tried === 0);
} finally {
  rmSync(folder, { recursive: true });
}
