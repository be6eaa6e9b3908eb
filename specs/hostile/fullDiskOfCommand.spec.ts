import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { realLimit } from '../pace';
import { GOOD } from './commands';
import { explainMissingSmallFolder, SmallFolder } from './smallFolder';

const missing = explainMissingSmallFolder();
if (missing !== undefined) process.stderr.write(`specs/hostile/fullDiskOfCommand skipped: ${missing}\n`);
const describeOnSmallDisk = missing === undefined ? describe : describe.skip;

const ROOT = path.join(__dirname, '../..');
const GATE = ['gate', '-f', '-', '--only', 'valid,lint'];
const LINT = ['lint', '-f', '-'];
const FULL = 'cannot be written: no space left on device. Free space on its disk, or name a file on another one';
const REJECTED = GOOD.replace('image: web:1', 'image: ""');

interface Trial {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The files to which the shell redirects the output. */
  readonly stdout?: string;
  readonly stderr?: string;
}

/** Runs the built command like a shell. */
function command(args: readonly string[], { input = GOOD, env, stdout, stderr }: Trial = {}): SpawnSyncReturns<string> {
  const files = [stdout, stderr].map((file) => (file === undefined ? ('pipe' as const) : openSync(file, 'w')));
  try {
    return spawnSync(process.execPath, ['dist/cli.mjs', ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      input,
      encoding: 'utf8',
      stdio: ['pipe', ...files],
      timeout: realLimit(20_000),
    });
  } finally {
    for (const file of files) if (file !== 'pipe') closeSync(file);
  }
}

describeOnSmallDisk('a command on a full disk', () => {
  let small: SmallFolder;
  beforeEach(() => {
    small = new SmallFolder(64);
  });
  afterEach(() => small[Symbol.dispose]());

  test.each([
    ['gate', [...GATE, '--format', 'json']],
    ['lint', [...LINT, '--format', 'json']],
  ])('%s needs no space in the temporary folder', (_, args) => {
    small.fill();
    const { status, stdout, stderr } = command(args, { env: { TMPDIR: small.dir } });
    expect([status, JSON.parse(stdout), stderr]).toEqual([
      0,
      expect.anything(),
      expect.not.stringMatching(/\n {4}at /),
    ]);
    expect(small.content).toEqual([]);
  });

  test.each([
    ['--html', (file: string) => ['--html', file]],
    ['--format junit', (file: string) => ['--format', `junit=${file}`]],
  ])('gate leaves no report for %s, and names the file and a fix', (_, to) => {
    small.fill();
    const { status, stdout, stderr } = command([...GATE, ...to(small.at('out'))], { env: { TMPDIR: small.dir } });
    expect([status, stdout, stderr]).toEqual([2, '', `jest-kubelet: ${small.at('out')}: ${FULL}\n`]);
    expect(small.content).toEqual([]);
  });

  test.each([
    ['gate of a good manifest', [...GATE, '--format', 'sarif'], GOOD],
    ['gate of a rejected manifest', GATE, REJECTED],
    ['lint', [...LINT, '--format', 'json'], REJECTED],
  ])('%s reports incomplete standard output, and exits with 2', (_, args, input) => {
    small.fill();
    const { status, stderr } = command(args, { input, stdout: small.at('out') });
    expect([status, stderr]).toEqual([2, `jest-kubelet: standard output: ${FULL}\n`]);
    expect(readFileSync(small.at('out'), 'utf8')).toBe('');
  });

  test('gate reports incomplete standard output if only a part of it fits', () => {
    const many = Array.from({ length: 20 }, (_, at) => GOOD.replace('name: web}', `name: web-${at}}`)).join('---\n');
    small.fillBut(4);
    const { status, stderr } = command([...GATE, '--format', 'json'], { input: many, stdout: small.at('out') });
    expect([status, stderr]).toEqual([2, `jest-kubelet: standard output: ${FULL}\n`]);
  });

  test.each([
    ['rejected manifest', GATE, REJECTED, 1],
    ['manifest that cannot be read', GATE, '{', 2],
    ['good manifest', GATE, GOOD, 0],
  ])('gate keeps its exit code for a %s if stderr is full', (_, args, input, code) => {
    small.fill();
    const { status } = command(args, { input, stderr: small.at('err') });
    expect(status).toBe(code);
  });
});
