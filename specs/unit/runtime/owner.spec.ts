import { expect, test } from '@jest/globals';
import { isDead, thisProcess } from '../../../src/runtime/owner';

test('takes itself for alive', () => {
  expect(isDead(thisProcess())).toBe(false);
});

test('tells a process from an earlier one with the same pid', () => {
  expect(isDead({ ...thisProcess(), startedAt: '1' })).toBe(true);
});

test('takes every process of an earlier boot for dead', () => {
  expect(isDead({ ...thisProcess(), boot: 'earlier' })).toBe(true);
});

test('judges no process of another machine or of another pid namespace', () => {
  expect(isDead({ ...thisProcess(), machine: 'another', startedAt: '1' })).toBe(false);
  expect(isDead({ ...thisProcess(), pidNamespace: 'pid:[1]', startedAt: '1' })).toBe(false);
});
