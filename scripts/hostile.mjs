import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './processes.mjs';

// Runs the attacks of specs/hostile with Jest, each of which is one test, and counts those that came through, by class: a
// class is a file of attacks. Arguments are Jest's.

const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-hostile-'));
const results = path.join(folder, 'results.json');
const jest = ['--testPathPatterns', 'specs/hostile/', '--json', `--outputFile=${results}`, '--silent=false'];
try {
  const code = await run('jest', [...jest, ...process.argv.slice(2)], process.env);
  const { numTotalTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites, testResults } = JSON.parse(
    readFileSync(results, 'utf8'),
  );
  console.table(Object.fromEntries(testResults.map(countsOf).sort()));
  const tried = numTotalTests - numPendingTests;
  console.log(`${tried} attempts, ${numFailedTests} came through`);
  if (numPendingTests > 0) console.log(`${numPendingTests} could not be tried: no container engine answers`);
  if (numRuntimeErrorTestSuites > 0) console.log(`${numRuntimeErrorTestSuites} files of attacks could not be run`);
  process.exitCode = code || Number(tried === 0);
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {{ name: string, assertionResults: { status: string }[] }} file */
function countsOf({ name, assertionResults }) {
  const count = (status) => assertionResults.filter((attempt) => attempt.status === status).length;
  const [passed, failed] = [count('passed'), count('failed')];
  const attackClass = path.basename(name).replace(/(\.more)?\.spec\.ts$/, '');
  const through = { attempts: passed + failed, 'came through': failed };
  return [attackClass, { ...through, 'not tried': assertionResults.length - passed - failed }];
}
