import { expect, test } from '@jest/globals';
import { ownProcesses } from '../../../../../src/runtime/docker/processes/processes';

const SHIM = 90;

type Listed = readonly [pid: number, ppid: number, innerPid?: number, args?: string];

/** The pids of a container's own processes, in a list and in one before it. */
function ownOf(main: number, all: readonly Listed[], before = all) {
  const [now, earlier] = [all, before].map((list) =>
    list.map(([pid, ppid, innerPid = pid, args = 'sh']) => ({ pid, ppid, innerPid, args })),
  );
  const found = now?.find(({ pid }) => pid === main);
  return found && now && ownProcesses(found, now, earlier).map(({ pid }) => pid);
}

test('are the main process and its descendants', () => {
  const all: Listed[] = [
    [100, SHIM, 1],
    [101, 100, 2],
    [102, 101, 3],
  ];
  expect(ownOf(100, all)).toEqual([100, 101, 102]);
});

test('are not a probe that the engine runs beside it, nor its children', () => {
  const all: Listed[] = [
    [202, 201, 8],
    [201, SHIM, 7],
    [100, SHIM, 1],
    [101, 100, 2],
  ];
  expect(ownOf(100, all)).toEqual([100, 101]);
});

test('are not a probe with a parent of its own, as on Podman and in the moment before its starter exits', () => {
  const all: Listed[] = [
    [100, SHIM, 1],
    [101, 100, 2],
    [201, 200, 7],
    [202, 201, 8],
  ];
  expect(ownOf(100, all)).toEqual([100, 101]);
});

test.each(['runc init', '/usr/sbin/runc init'])(
  'are not a probe that starts as `%s`, even in a shared namespace',
  (args) => {
    const all: Listed[] = [
      [100, SHIM, 7],
      [201, 200, 8, args],
    ];
    expect(ownOf(100, all)).toEqual([100]);
  },
);

test('are not a probe that starts and was not there yet at the look before', () => {
  const before: Listed[] = [[100, SHIM, 1]];
  expect(ownOf(100, [...before, [201, 200, 8, 'runc init']], before)).toEqual([100]);
});

test('are what starts in a container engine that itself runs in the container', () => {
  const all: Listed[] = [
    [100, SHIM, 1],
    [101, 100, 2, 'runc run'],
    [102, 101, 3, 'runc init'],
  ];
  expect(ownOf(100, all)).toEqual([100, 101, 102]);
});

test('are orphans as well, whose parent is the first process of a pid namespace that the pod shares', () => {
  const all: Listed[] = [
    [100, SHIM, 7],
    [105, 77, 9],
    [201, SHIM, 11],
  ];
  expect(ownOf(100, all)).toEqual([100, 105]);
});

test.each<[string, readonly Listed[]]>([
  [
    'was still listed at the look before',
    [
      [100, SHIM, 1],
      [104, 100, 5],
      [105, 104, 6],
    ],
  ],
  [
    'had not forked it yet',
    [
      [100, SHIM, 1],
      [104, 100, 5],
    ],
  ],
  [
    'is another one than at the look before',
    [
      [100, SHIM, 1],
      [105, 103, 6],
    ],
  ],
])('are those of a parent that exited while they were listed, and %s', (_, before) => {
  const all: Listed[] = [
    [100, SHIM, 1],
    [105, 104, 6],
  ];
  expect(ownOf(100, all, before)).toEqual([100, 105]);
});
