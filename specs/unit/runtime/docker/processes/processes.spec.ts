import { expect, test } from '@jest/globals';
import { ownProcesses } from '../../../../../src/runtime/docker/processes/processes';

const SHIM = 90;

type Listed = readonly [pid: number, ppid: number, innerPid?: number, args?: string];

/** Returns the PIDs of the container's own processes in a list, with the list before it. */
function ownOf(main: number, all: readonly Listed[], before = all) {
  const [now, earlier] = [all, before].map((list) =>
    list.map(([pid, ppid, innerPid = pid, args = 'sh']) => ({ pid, ppid, innerPid, args })),
  );
  const found = now?.find(({ pid }) => pid === main);
  return found && now && ownProcesses(found, now, earlier).map(({ pid }) => pid);
}

test('ownProcesses includes the main process and its descendants', () => {
  const all: Listed[] = [
    [100, SHIM, 1],
    [101, 100, 2],
    [102, 101, 3],
  ];
  expect(ownOf(100, all)).toEqual([100, 101, 102]);
});

test('ownProcesses excludes a probe of the engine and its children', () => {
  const all: Listed[] = [
    [202, 201, 8],
    [201, SHIM, 7],
    [100, SHIM, 1],
    [101, 100, 2],
  ];
  expect(ownOf(100, all)).toEqual([100, 101]);
});

test('ownProcesses excludes a probe with its own parent, as on Podman', () => {
  const all: Listed[] = [
    [100, SHIM, 1],
    [101, 100, 2],
    [201, 200, 7],
    [202, 201, 8],
  ];
  expect(ownOf(100, all)).toEqual([100, 101]);
});

test.each(['runc init', '/usr/sbin/runc init'])(
  'ownProcesses excludes a probe that starts as `%s`, even in a shared namespace',
  (args) => {
    const all: Listed[] = [
      [100, SHIM, 7],
      [201, 200, 8, args],
    ];
    expect(ownOf(100, all)).toEqual([100]);
  },
);

test('ownProcesses excludes a starting probe that the last sample did not contain', () => {
  const before: Listed[] = [[100, SHIM, 1]];
  expect(ownOf(100, [...before, [201, 200, 8, 'runc init']], before)).toEqual([100]);
});

test('ownProcesses includes the processes of a container engine in the container', () => {
  const all: Listed[] = [
    [100, SHIM, 1],
    [101, 100, 2, 'runc run'],
    [102, 101, 3, 'runc init'],
  ];
  expect(ownOf(100, all)).toEqual([100, 101, 102]);
});

test('ownProcesses includes orphans under the first process of a shared PID namespace', () => {
  const all: Listed[] = [
    [100, SHIM, 7],
    [105, 77, 9],
    [201, SHIM, 11],
  ];
  expect(ownOf(100, all)).toEqual([100, 105]);
});

test.each<[string, readonly Listed[]]>([
  [
    'was in the last sample',
    [
      [100, SHIM, 1],
      [104, 100, 5],
      [105, 104, 6],
    ],
  ],
  [
    'had no child in the last sample',
    [
      [100, SHIM, 1],
      [104, 100, 5],
    ],
  ],
  [
    'differs from the parent in the last sample',
    [
      [100, SHIM, 1],
      [105, 103, 6],
    ],
  ],
])('ownProcesses includes children of a parent that exited, and %s', (_, before) => {
  const all: Listed[] = [
    [100, SHIM, 1],
    [105, 104, 6],
  ];
  expect(ownOf(100, all, before)).toEqual([100, 105]);
});
