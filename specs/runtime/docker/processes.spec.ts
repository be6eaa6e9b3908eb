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

test('are told by the pids of the host, where the engine counts in the container', () => {
  const all = [
    { hostPid: 14990, pid: 1, ppid: 0 },
    { hostPid: 15007, pid: 6, ppid: 1 },
    { hostPid: 15324, pid: 23, ppid: 0 },
  ];
  expect(ownProcesses(1, all)).toEqual([14990, 15007]);
});
