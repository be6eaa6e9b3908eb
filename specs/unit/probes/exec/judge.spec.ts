import { expect, test } from '@jest/globals';
import { judgeExec } from '../../../../src/probes/exec/judge';
import { commandResult } from '../../../../src/probes/exec/result';
import type { ExecResult } from '../../../../src/probes/ports';

const argv = ['cat', '/tmp/healthy'];
const judge = (result: ExecResult, kubernetesVersion = '1.36', execProbeTimeout = true) =>
  judgeExec(commandResult(argv, result, { kubernetesVersion, timeoutMs: 1000, limitBytes: 10_240 }), execProbeTimeout);

test('returns Success for exit code 0', () => {
  expect(judge({ kind: 'Exited', exitCode: 0, output: 'fine' })).toEqual({ result: 'Success', output: 'fine' });
});

test.each([1, 126, 127, 137])('returns Failure with the output for exit code %i', (exitCode) => {
  expect(judge({ kind: 'Exited', exitCode, output: 'no' })).toEqual({
    result: 'Failure',
    output: 'no',
    failure: { kind: 'exit', exitCode },
  });
});

test('returns Errored for a missing binary, so the result is ignored', () => {
  expect(judge({ kind: 'CouldNotRun', message: 'OCI runtime exec failed' })).toEqual({
    result: 'Errored',
    state: 'unknown',
    output: 'OCI runtime exec failed',
    failure: { kind: 'programMissing' },
  });
});

test.each([
  ['1.36', 'command timed out: "cat /tmp/healthy" timed out after 1s'],
  ['1.31', 'command timed out: "cat /tmp/healthy" timed out after 1s'],
  ['1.30', 'command "cat /tmp/healthy" timed out'],
])('returns Failure for a timeout with the message of %s, and drops the output', (version, output) => {
  expect(judge({ kind: 'TimedOut', output: 'half' }, version)).toEqual({
    result: 'Failure',
    output,
    failure: { kind: 'timedOut' },
  });
});

test('returns Errored for a timeout without ExecProbeTimeout', () => {
  expect(judge({ kind: 'TimedOut', output: '' }, '1.34', false)).toMatchObject({ result: 'Errored', state: 'unknown' });
});

test('keeps 10 KiB of output, and cuts no character', () => {
  const kept = judge({ kind: 'Exited', exitCode: 0, output: `${'a'.repeat(10_239)}ü!` }).output;
  expect(kept).toBe('a'.repeat(10_239));
});
