import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { parseFiles, parseProcesses } from '../../../../../src/runtime/docker/processes/processFiles';
import { BINARIES, SOURCE_SHA256 } from '../../../../../src/runtime/docker/programs/binaries';
import { ownProgram } from '../../../../../src/runtime/docker/programs/ownProgram';
import { programHere, runsHere, testExecutable } from '../executable';

const PROGRAMS = path.join(__dirname, '../../../../../src/runtime/docker/programs');
const SOURCES = ['programs.c', 'dial.c', 'link.c', 'processes.c', 'syscalls.h'].map((name) =>
  path.join(PROGRAMS, name),
);
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

testExecutable(ownProgram, 8_192);

test('matches its sources', () => {
  expect(sha256(Buffer.concat(SOURCES.map((file) => readFileSync(file))))).toBe(SOURCE_SHA256);
  for (const { base64, sha256: hash } of Object.values(BINARIES)) {
    expect(sha256(Buffer.from(base64, 'base64'))).toBe(hash);
  }
});

(runsHere ? describe : describe.skip)('the programs of the sandbox image, run here', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'programs-'));
  const fileOf = (name: string) => path.join(folder, name);
  const pause = fileOf('pause');
  writeFileSync(pause, programHere(ownProgram), { mode: 0o755 });
  for (const name of ['signal', 'processes', 'sockets', 'link']) linkSync(pause, fileOf(name));
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started) child.kill('SIGKILL');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const start = (file: string, ...args: string[]) => {
    const child = spawn(file, args);
    started.push(child);
    return child;
  };
  const status = ({ pid }: ChildProcess) => readFileSync(`/proc/${pid}/status`, 'utf8');
  const stateOf = (child: ChildProcess) => /^State:\t(\w)/m.exec(status(child))?.[1];
  /** Control groups that this process shares with its children. */
  const own = readFileSync('/proc/self/cgroup', 'utf8').split('\n')[0] ?? '';
  const send = async (name: NodeJS.Signals, container: string, ...children: readonly ChildProcess[]) => {
    const pids = children.map(({ pid }) => String(pid));
    const [code] = await once(start(fileOf('signal'), String(constants.signals[name]), container, ...pids), 'exit');
    return code;
  };

  test('pause waits for SIGTERM, then exits with 0', async () => {
    const child = start(pause);
    await once(child, 'spawn');
    // It ignores SIGCHLD before it sleeps.
    while (!/^SigIgn:\t0*10000$/m.test(status(child)) || stateOf(child) !== 'S') await setImmediate();
    child.kill('SIGCHLD');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('signal sends the signal to each process of the container', async () => {
    const sleepers = [start('sleep', '600'), start('sleep', '600')];
    expect(await send('SIGSTOP', own, ...sleepers)).toBe(0);
    for (const each of sleepers) while (stateOf(each) !== 'T') await setImmediate();
    const ends = sleepers.map((sleeper) => once(sleeper, 'exit'));
    expect(await send('SIGKILL', own, ...sleepers)).toBe(0);
    expect(await Promise.all(ends)).toEqual([
      [null, 'SIGKILL'],
      [null, 'SIGKILL'],
    ]);
    expect(await send('SIGKILL', own, ...sleepers)).toBe(0);
  });

  test('signal skips a process of this machine outside the container', async () => {
    const sleeper = start('sleep', '600');
    expect(await send('SIGKILL', 'f'.repeat(64), sleeper)).toBe(0);
    expect(stateOf(sleeper)).toBe('S');
  });

  const told = (name: string, id: string) => execFileSync(fileOf(name), [id], { maxBuffer: 2 ** 28 });

  test('processes prints processes whose cgroup contains the ID', () => {
    const found = parseProcesses(told('processes', own));
    expect(found).toContainEqual(expect.objectContaining({ pid: process.pid, ppid: process.ppid }));
    expect(found.find(({ pid }) => pid === process.pid)?.args).toContain('jest');
  });

  test('processes prints no other processes', () => {
    expect(told('processes', '0123456789abcdef')).toEqual(Buffer.alloc(0));
  });

  test('sockets prints the sockets in the network of the processes', () => {
    const files = parseFiles(told('sockets', own));
    const head = (file: string) => readFileSync(file, 'utf8').split('\n')[0] ?? '';
    expect(files.find((file) => file.startsWith(head('/proc/net/tcp')))).toBeDefined();
    expect(files.find((file) => file.startsWith(head('/proc/net/tcp6')))).toBeDefined();
    expect(files.length % 2).toBe(0);
  });
});
