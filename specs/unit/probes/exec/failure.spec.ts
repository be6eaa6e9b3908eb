import { describe, expect, test } from '@jest/globals';
import { classifyEngineFailure, classifyExit } from '../../../../src/probes/exec/failure';
import { commandResult } from '../../../../src/probes/exec/result';
import type { ExecResult } from '../../../../src/probes/ports';

const failureOf = (result: ExecResult) =>
  commandResult(['check'], result, { kubernetesVersion: '1.36', timeoutMs: 1000 }).error?.failure;
const exit = (output: string, exitCode = 1) => classifyExit(exitCode, output);

describe('failure of a command', () => {
  test.each([
    'sh: 1: curl: not found',
    '/bin/bash: line 1: curl: command not found',
    "env: 'python': No such file or directory",
    'OCI runtime exec failed: exec failed: "curl": executable file not found in $PATH',
  ])('classifies as programMissing: %s', (output) => {
    expect(exit(output, 127)).toEqual({ kind: 'programMissing', exitCode: 127 });
  });

  test.each(['cat: /tmp/ready: No such file or directory', 'sh: 1: cannot open /tmp/ready: No such file', 'not found'])(
    'classifies as exit, because the command lacks a file: %s',
    (output) => {
      expect(exit(output)).toEqual({ kind: 'exit', exitCode: 1 });
    },
  );

  test('classifies as programMissing if the container engine does not find the file', () => {
    const message = 'stat /app/check: no such file or directory';
    expect(classifyEngineFailure(message)).toEqual({ kind: 'programMissing' });
  });

  test('returns undefined if the container engine failed for another reason', () => {
    expect(classifyEngineFailure('the container has exited')).toBeUndefined();
  });

  test.each([
    ['curl: (7) Failed to connect to localhost port 80: Connection refused', 'refused'],
    ['connect ECONNREFUSED 127.0.0.1:6379', 'refused'],
    ['curl: (28) Connection timed out', 'timedOut'],
    ['dial tcp 10.0.0.9:80: connect: no route to host', 'noRoute'],
    ['read: connection reset by peer', 'reset'],
  ])('keeps the network failure that the command prints: %s', (output, says) => {
    expect(exit(output)).toEqual({ kind: 'exit', exitCode: 1, says });
  });

  test('returns timedOut after a timeout, and undefined after exit code 0', () => {
    expect(failureOf({ kind: 'TimedOut', output: 'connection refused' })).toEqual({ kind: 'timedOut' });
    expect(failureOf({ kind: 'Exited', exitCode: 0, output: 'connection refused' })).toBeUndefined();
    expect(failureOf({ kind: 'Exited', exitCode: 3, output: '' })).toEqual({ kind: 'exit', exitCode: 3 });
  });
});
