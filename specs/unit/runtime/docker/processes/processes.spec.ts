import { expect, test } from '@jest/globals';
import type { Engine } from '../../../../../src/runtime/docker/engine/engine';
import { ownProcesses } from '../../../../../src/runtime/docker/processes/processes';

const SHIM = 90;

/** The pids of a container's own processes; each is given by its pid, its parent's and the one in its own namespace. */
function ownOf(main: number, all: readonly [number, number, number?][], kind: Engine['kind'] = 'Docker') {
  const processes = all.map(([pid, ppid, innerPid = pid]) => ({ pid, ppid, innerPid }));
  const found = processes.find(({ pid }) => pid === main);
  return found && ownProcesses(found, processes, kind).map(({ pid }) => pid);
}

test('are the main process and its descendants', () => {
  const all: [number, number, number][] = [
    [100, SHIM, 1],
    [101, 100, 2],
    [102, 101, 3],
  ];
  expect(ownOf(100, all)).toEqual([100, 101, 102]);
});

test('are not a probe that the engine runs beside it, nor its children', () => {
  const all: [number, number, number][] = [
    [202, 201, 8],
    [201, SHIM, 7],
    [100, SHIM, 1],
    [101, 100, 2],
  ];
  expect(ownOf(100, all)).toEqual([100, 101]);
});

test('are not a probe that Podman runs with a parent of its own', () => {
  const all: [number, number, number][] = [
    [100, SHIM, 1],
    [101, 100, 2],
    [201, 200, 7],
    [202, 201, 8],
  ];
  expect(ownOf(100, all, 'Podman')).toEqual([100, 101]);
});

test.each(['Docker', 'Podman'] as const)(
  'are orphans as well, whose parent is the first process of a pid namespace that the pod shares, on %s',
  (kind) => {
    const all: [number, number, number][] = [
      [100, SHIM, 7],
      [105, 77, 9],
      [201, SHIM, 11],
    ];
    expect(ownOf(100, all, kind)).toEqual([100, 105]);
  },
);

test('are those of a parent that exited while they were listed', () => {
  const all: [number, number, number][] = [
    [100, SHIM, 1],
    [105, 104, 6],
  ];
  expect(ownOf(100, all)).toEqual([100, 105]);
});
