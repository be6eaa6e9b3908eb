import { expect, test } from '@jest/globals';
import { ExecError } from '../../../../src/pod/shared/execError';

const OUTPUT = '\u001b[2Jcat: no such file\u0007\nsorry\r\n';

test('escapes the output of a command in its message, and keeps it unchanged in output', () => {
  const error = new ExecError('web', ['cat', '/tmp/healthy'], { exitCode: 1, output: OUTPUT }, (text) => text);
  expect(error.message).toBe('container web: cat /tmp/healthy exited with 1: cat: no such file\\x07\nsorry');
  expect(error.output).toBe(OUTPUT);
});

test('ends the message after the exit code if the command wrote nothing', () => {
  expect(new ExecError('web', ['false'], { exitCode: 1, output: '\n' }, (text) => text).message).toBe(
    'container web: false exited with 1',
  );
});
