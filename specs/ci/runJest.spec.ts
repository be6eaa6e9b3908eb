import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const RUN_JEST = path.join(__dirname, '../../scripts/jest/runJest.mjs');
const OVERLOADED = 'Error: machine overloaded: the kubelet woke 2500ms late, so the run has no result.';
const FAILURE = 'Error: expect(pod).toBecomeReady()';

interface File {
  readonly name: string;
  /** The failure of each test, or null if it passes. */
  readonly tests: readonly (string | null)[];
}

describe('runJest', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('repeats only the spec files whose failures all lack a result', () => {
    const busy = { name: 'busy.spec.ts', tests: [null, OVERLOADED] };
    const red = { name: 'red.spec.ts', tests: [FAILURE] };
    const both = { name: 'both.spec.ts', tests: [FAILURE, OVERLOADED] };
    const { calls, totals, code } = runJest([busy, red, both], [{ ...busy, tests: [null, null] }]);
    expect(calls).toEqual(['--selectProjects docker', '--runInBand --forceExit --runTestsByPath busy.spec.ts']);
    expect(totals).toEqual({ passed: 2, failed: 3, skipped: 0, brokenFiles: 0, repeated: 1 });
    expect(code).toBe(1);
  });

  test('succeeds if the repeated file passes', () => {
    const busy = { name: 'busy.spec.ts', tests: [OVERLOADED] };
    const { totals, code, stdout } = runJest([busy], [{ ...busy, tests: [null] }]);
    expect(totals).toMatchObject({ passed: 1, failed: 0, repeated: 1 });
    expect(stdout).toContain('repeating alone, because the machine was overloaded: busy.spec.ts');
    expect(code).toBe(0);
  });

  test('fails if the repeated file again has no result', () => {
    const busy = { name: 'busy.spec.ts', tests: [OVERLOADED] };
    expect(runJest([busy], [busy])).toMatchObject({ totals: { passed: 0, failed: 1, repeated: 1 }, code: 1 });
  });

  test('repeats nothing if all tests pass', () => {
    const { calls, code } = runJest([{ name: 'green.spec.ts', tests: [null] }]);
    expect({ calls, code }).toEqual({ calls: ['--selectProjects docker'], code: 0 });
  });

  test('fails if Jest wrote no results', () => {
    expect(runJest()).toMatchObject({ totals: { passed: 0, brokenFiles: 1 }, code: 1 });
  });

  /** Runs it with a Jest that has these results, one call after the other. */
  function runJest(...results: readonly (readonly File[])[]) {
    const at = (name: string) => path.join(folder, name);
    for (const [index, files] of results.entries())
      writeFileSync(at(`results-${index}`), JSON.stringify(jsonOf(files)));
    writeFileSync(at('calls'), '');
    const jest = `#!/bin/sh
out=\${2#--outputFile=}
shift 2
number=$(wc -l < ${folder}/calls)
echo "$*" >> ${folder}/calls
[ ! -e ${folder}/results-$number ] || cp ${folder}/results-$number "$out"
`;
    writeFileSync(at('jest'), jest);
    chmodSync(at('jest'), 0o755);
    const program = `
import { runJest } from ${JSON.stringify(RUN_JEST)};
process.exitCode = await runJest(['--selectProjects', 'docker'], process.env, ${JSON.stringify(at('totals'))});
`;
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
      encoding: 'utf8',
    });
    const read = (name: string) => readFileSync(at(name), 'utf8');
    return { code: status, stdout, calls: read('calls').trim().split('\n'), totals: JSON.parse(read('totals')) };
  }
});

/** Returns the output of `jest --json`, with the fields that runJest reads. */
function jsonOf(files: readonly File[]) {
  const testResults = files.map(({ name, tests }) => ({
    name: path.join(__dirname, '../..', name),
    status: tests.every((failure) => failure === null) ? 'passed' : 'failed',
    assertionResults: tests.map((failure) =>
      failure === null ? { status: 'passed', failureMessages: [] } : { status: 'failed', failureMessages: [failure] },
    ),
  }));
  return {
    success: testResults.every(({ status }) => status === 'passed'),
    numRuntimeErrorTestSuites: 0,
    testResults,
  };
}
