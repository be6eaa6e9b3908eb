import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkOutput, writeOutput } from '../../../../src/report/record/outputFile';
import { testOnPosix } from '../../../onPosix';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-spec-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const at = (name: string) => path.join(dir, name);

describe('writeOutput to a file', () => {
  test('writes the file completely, and leaves no other file', () => {
    checkOutput(at('out.json'));
    expect(readdirSync(dir)).toEqual([]);
    writeOutput(at('out.json'), 'text');
    expect(readdirSync(dir)).toEqual(['out.json']);
    expect(readFileSync(at('out.json'), 'utf8')).toBe('text');
  });

  test('keeps the mode of an existing file', () => {
    writeFileSync(at('out.json'), 'before');
    chmodSync(at('out.json'), 0o640);
    writeOutput(at('out.json'), 'text');
    expect([readFileSync(at('out.json'), 'utf8'), statSync(at('out.json')).mode & 0o777]).toEqual(['text', 0o640]);
  });

  test('keeps a symbolic link', () => {
    writeFileSync(at('real.json'), 'before');
    symlinkSync('real.json', at('out.json'));
    writeOutput(at('out.json'), 'text');
    expect(readdirSync(dir, { withFileTypes: true }).map((entry) => entry.isSymbolicLink())).toEqual([true, false]);
    expect(readFileSync(at('real.json'), 'utf8')).toBe('text');
  });

  test.each([
    ['a file in a missing folder', 'no/out.json', 'no such file or directory. Create its folder'],
    ['a folder', 'folder', 'it is a folder. Name a file, not a folder'],
    ['a path inside a file', 'file/out.json', 'not a directory. Name a file in a folder'],
  ])('rejects %s before it writes', (_, name, why) => {
    mkdirSync(at('folder'));
    writeFileSync(at('file'), '');
    for (const attempt of [checkOutput, (file: string) => writeOutput(file, 'text')]) {
      expect(() => attempt(at(name))).toThrow(`${at(name)}: cannot be written: ${why}`);
    }
    expect(readdirSync(dir).sort()).toEqual(['file', 'folder']);
  });
});

describe('writeOutput to another target than a file', () => {
  testOnPosix('writes to it', async () => {
    checkOutput('/dev/null');
    writeOutput('/dev/null', 'text');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    execFileSync('mkfifo', [at('pipe')]);
    const reader = spawn('cat', [at('pipe')], { stdio: ['ignore', 'pipe', 'ignore'] });
    checkOutput(at('pipe'));
    writeOutput(at('pipe'), 'text');
    expect(await text(reader.stdout)).toBe('text');
    expect(readdirSync(dir)).toEqual(['pipe']);
  });
});
