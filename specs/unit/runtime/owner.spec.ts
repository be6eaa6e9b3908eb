import { expect, test } from '@jest/globals';
import { isDead, thisProcess } from '../../../src/runtime/owner';

test('isDead returns false for the current process', () => {
  expect(isDead(thisProcess())).toBe(false);
});

test('isDead returns true for an earlier process with the same PID', () => {
  expect(isDead({ ...thisProcess(), startedAt: '1' })).toBe(true);
});

test('isDead returns true for processes of an earlier boot', () => {
  expect(isDead({ ...thisProcess(), boot: 'earlier' })).toBe(true);
});

test('isDead returns false for another machine or PID namespace', () => {
  expect(isDead({ ...thisProcess(), machine: 'another', startedAt: '1' })).toBe(false);
  expect(isDead({ ...thisProcess(), pidNamespace: 'pid:[1]', startedAt: '1' })).toBe(false);
});
