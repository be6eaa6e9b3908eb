import { expect, test } from '@jest/globals';
import { ownProcesses } from '../../../src/runtime/docker/processes';

const SHIM = 90;

test('are those that the main process has brought forth', () => {
  const all = [
    { pid: 100, ppid: SHIM },
    { pid: 101, ppid: 100 },
    { pid: 102, ppid: 101 },
  ];
  expect(ownProcesses(100, all)).toEqual([100, 101, 102]);
});

test('are not those that the engine runs beside it, a probe and its children', () => {
  const all = [
    { pid: 202, ppid: 201 },
    { pid: 201, ppid: SHIM },
    { pid: 100, ppid: SHIM },
    { pid: 101, ppid: 100 },
  ];
  expect(ownProcesses(100, all)).toEqual([100, 101]);
});

test('are orphans as well, whose parent is the first process of a pid namespace that the pod shares', () => {
  const all = [
    { pid: 100, ppid: SHIM },
    { pid: 105, ppid: 77 },
    { pid: 201, ppid: SHIM },
  ];
  expect(ownProcesses(100, all)).toEqual([100, 105]);
});
