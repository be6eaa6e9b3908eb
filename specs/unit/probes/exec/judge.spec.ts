import { expect, test } from '@jest/globals';
import { judgeExec } from '../../../../src/probes/exec/judge';
import { commandResult } from '../../../../src/probes/exec/result';
import type { ExecResult } from '../../../../src/probes/ports';

const argv = ['cat', '/tmp/healthy'];
const judge = (result: ExecResult, kubernetesVersion = '1.36', execProbeTimeout = true) =>
  judgeExec(commandResult(argv, result, { kubernetesVersion, timeoutMs: 1000, limitBytes: 10_240 }), execProbeTimeout);

test('exit code 0 is a success', () => {
  expect(judge({ kind: 'Exited', exitCode: 0, output: 'fine' })).toEqual({ result: 'Success', output: 'fine' });
});

test.each([1, 126, 127, 137])('exit code %i is a failure with the command’s output', (exitCode) => {
  expect(judge({ kind: 'Exited', exitCode, output: 'no' })).toEqual({
    result: 'Failure',
    output: 'no',
    failure: { kind: 'exit', exitCode },
  });
});

test('a missing binary is an error, which never counts', () => {
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
])('a timeout is a failure, in the words of %s, and what was printed is lost', (version, output) => {
  expect(judge({ kind: 'TimedOut', output: 'half' }, version)).toEqual({
    result: 'Failure',
    output,
    failure: { kind: 'timedOut' },
  });
});

test('without ExecProbeTimeout a timeout is an error', () => {
  expect(judge({ kind: 'TimedOut', output: '' }, '1.34', false)).toMatchObject({ result: 'Errored', state: 'unknown' });
});

test('keeps 10 KiB of output, and no half character', () => {
  const kept = judge({ kind: 'Exited', exitCode: 0, output: `${'a'.repeat(10_239)}ü!` }).output;
  expect(kept).toBe('a'.repeat(10_239));
});
