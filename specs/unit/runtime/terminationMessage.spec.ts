import { expect, test } from '@jest/globals';
import type { Container } from '../../../src/manifest/model';
import { terminationMessage } from '../../../src/runtime/terminationMessage';

const file: Container = { name: 'web', image: 'web:1', imagePullPolicy: 'IfNotPresent' };
const orLog: Container = { ...file, terminationMessagePolicy: 'FallbackToLogsOnError' };

test('returns the file content, and the end of a long file', () => {
  expect(terminationMessage(file, 0, 'bye', 'a log')).toBe('bye');
  expect(terminationMessage(orLog, 1, `${'x'.repeat(5_000)}end`, '')).toBe(`${'x'.repeat(4_093)}end`);
});

test('returns the end of the log only after a failure, with the policy and no file', () => {
  expect(terminationMessage(orLog, 1, '', 'one\ntwo\n')).toBe('one\ntwo\n');
  expect(terminationMessage(orLog, 0, '', 'one\ntwo\n')).toBeUndefined();
  expect(terminationMessage(file, 1, '', 'one\ntwo\n')).toBeUndefined();
});

test('returns at most 80 lines and 2048 bytes of the log', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `${index}\n`).join('');
  expect(terminationMessage(orLog, 1, '', lines)).toMatch(/^20\n21\n(\d+\n)+$/);
  expect(terminationMessage(orLog, 1, '', `${'x'.repeat(3_000)}\n`)).toBe(`${'x'.repeat(2_047)}\n`);
});
