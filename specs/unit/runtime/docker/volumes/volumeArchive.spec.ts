import { expect, test } from '@jest/globals';
import { contentEntries, rootEntry, versionAt } from '../../../../../src/runtime/docker/volumes/volumeArchive';

const FILES = [{ path: 'log/level', mode: 0o400, content: 'debug' }];
const told = (entries: ReturnType<typeof contentEntries>) =>
  entries.map(({ path, mode, gid, content, linkTo }) =>
    [path, mode.toString(8), gid, content?.toString() ?? linkTo ?? ''].join(' '),
  );

test('writes files next to each other, behind links that switch atomically', () => {
  expect(told(contentEntries('volumes/conf', FILES, '..v1', { readOnly: true }))).toEqual([
    'volumes/conf/..v1 755 0 ',
    'volumes/conf/..v1/log 755 0 ',
    'volumes/conf/..v1/log/level 400 0 debug',
    'volumes/conf/..data 777 0 ..v1',
    'volumes/conf/log 777 0 ..data/log',
  ]);
});

test('allows fsGroup to read read-only files, and to write others', () => {
  expect(told(contentEntries('v', FILES, '..v1', { readOnly: true, fsGroup: 2000 })).slice(0, 3)).toEqual([
    'v/..v1 2755 2000 ',
    'v/..v1/log 2755 2000 ',
    'v/..v1/log/level 440 2000 debug',
  ]);
  expect(told([rootEntry('v', 0o755, { readOnly: false, fsGroup: 2000 })])).toEqual(['v 2775 2000 ']);
});

test('versionAt names a version after its time', () => {
  expect(versionAt(new Date('2026-11-21T12:30:05.123Z'), 0.25)).toBe('..2026_11_21_12_30_05.250000000');
});
