import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Gathering } from '../../../src/reporter/gather';
import { thisProcess } from '../../../src/runtime/owner';

let tmp: string;

beforeEach(() => {
  tmp = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-spec-'));
});
afterEach(() => rmSync(tmp, { recursive: true, force: true }));

test('reads the records, and removes their folder', () => {
  const gathering = new Gathering(tmp);
  writeFileSync(path.join(gathering.folder, '1.json'), '{"name":"web"}');

  expect(gathering.pods()).toEqual([{ name: 'web' }]);

  gathering.end();
  expect(readdirSync(tmp)).toEqual([]);
});

test('removes the folder of a dead process with its records', () => {
  const left = leave('jest-kubelet-records-left', { ...thisProcess(), startedAt: 'another time' });

  new Gathering(tmp);

  expect(existsSync(left)).toBe(false);
});

test('removes a folder whose process was killed while it removed it', () => {
  const left = leave('jest-kubelet-records-left-');

  new Gathering(tmp);

  expect(existsSync(left)).toBe(false);
});

test('keeps folders of running processes, of no process yet, and of other tools', () => {
  const others = [
    new Gathering(tmp).folder,
    leave('jest-kubelet-records-begun'),
    leave('jest-kubelet-records-remote', { ...thisProcess(), machine: 'another', startedAt: 'another time' }),
    leave('somebody-elses', { ...thisProcess(), startedAt: 'another time' }),
  ];

  new Gathering(tmp);

  expect(others.filter((each) => !existsSync(each))).toEqual([]);
});

function leave(name: string, owner?: object): string {
  const folder = path.join(tmp, name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, '1.json'), '{}');
  if (owner) writeFileSync(path.join(folder, 'owner'), JSON.stringify(owner));
  return folder;
}
