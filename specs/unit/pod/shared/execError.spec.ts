import { expect, test } from '@jest/globals';
import { ExecError } from '../../../../src/pod/shared/execError';

const OUTPUT = '\u001b[2Jcat: no such file\u0007\nsorry\r\n';

test('ExecError escapes output in its message, and keeps the output unchanged', () => {
  const error = new ExecError('web', ['cat', '/tmp/healthy'], { exitCode: 1, output: OUTPUT }, (text) => text);
  expect(error.message).toBe('container web: cat /tmp/healthy exited with 1: cat: no such file\\x07\nsorry');
  expect(error.output).toBe(OUTPUT);
});

test('ExecError ends its message after the exit code if the command wrote nothing', () => {
  expect(new ExecError('web', ['false'], { exitCode: 1, output: '\n' }, (text) => text).message).toBe(
    'container web: false exited with 1',
  );
});
