import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './processes.mjs';

// Runs the attacks of specs/hostile with Jest, one for each test, and counts the successful ones by class: a file of
// attacks. Arguments are passed to Jest.

const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-hostile-'));
const results = path.join(folder, 'results.json');
const jest = ['--testPathPatterns', 'specs/hostile/', '--json', `--outputFile=${results}`, '--silent=false'];
try {
  const code = await run('jest', [...jest, ...process.argv.slice(2)], process.env);
  const { numTotalTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites, testResults } = JSON.parse(
    readFileSync(results, 'utf8'),
  );
  console.table(countsByClass(testResults));
  const tried = numTotalTests - numPendingTests;
  console.log(`${tried} attacks, ${numFailedTests} succeeded`);
  if (numPendingTests > 0) console.log(`${numPendingTests} not run: no container engine is available`);
  if (numRuntimeErrorTestSuites > 0) console.log(`${numRuntimeErrorTestSuites} files of attacks could not run`);
  process.exitCode = code || Number(tried === 0);
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {readonly { name: string, assertionResults: { status: string }[] }[]} files */
function countsByClass(files) {
  const classes = {};
  for (const { name, assertionResults } of files.toSorted((a, b) => a.name.localeCompare(b.name))) {
    const attackClass = path.basename(name).replace(/(\.more)?\.spec\.ts$/, '');
    classes[attackClass] ??= { attacks: 0, succeeded: 0, 'not run': 0 };
    const counts = classes[attackClass];
    for (const { status } of assertionResults) {
      const isTried = status === 'passed' || status === 'failed';
      counts[isTried ? 'attacks' : 'not run'] += 1;
      if (status === 'failed') counts.succeeded += 1;
    }
  }
  return classes;
}
