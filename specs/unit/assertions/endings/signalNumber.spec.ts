import { expect, test } from '@jest/globals';
import { exitCodeOfSignal } from '../../../../src/assertions/endings/signalNumber';

test.each([
  ['SIGTERM', 143],
  ['SIGQUIT', 131],
  ['SIGRTMIN', 162],
  ['SIGRTMIN+3', 165],
  ['SIGRTMAX-1', 191],
  ['SIGNOSUCH', undefined],
  ['toString', undefined],
])('returns the exit code of signal %s: %p', (signal, code) => {
  expect(exitCodeOfSignal(signal)).toBe(code);
});
