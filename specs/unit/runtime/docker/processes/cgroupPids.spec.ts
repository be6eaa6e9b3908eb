import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { pidsBelow, pidsOfContainer } from '../../../../../src/runtime/docker/processes/cgroupPids';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Creates a folder with the files of a cgroup. */
function cgroup(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cgroup-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

describe('pidsBelow', () => {
  test('returns the processes of a cgroup and its children', () => {
    const folder = cgroup({
      'cgroup.procs': '10\n11\n',
      'cpu.stat': '',
      'init/cgroup.procs': '12\n',
      'system/web/cgroup.procs': '13\n',
    });
    expect(pidsBelow(folder).toSorted()).toEqual([10, 11, 12, 13]);
  });

  test('skips a process in a PID namespace that is not visible', () => {
    expect(pidsBelow(cgroup({ 'cgroup.procs': '0\n10\n' }))).toEqual([10]);
  });
});

test('pidsOfContainer returns no processes if the cgroup is not visible', () => {
  const id = 'a'.repeat(64);
  expect(pidsOfContainer(id, 42, () => undefined)).toEqual([]);
  expect(pidsOfContainer(id, 42, () => `0::/not-mounted-here/docker-${id}.scope/init\n`)).toEqual([]);
});
