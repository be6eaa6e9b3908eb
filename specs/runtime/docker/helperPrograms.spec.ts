import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { linkProgram } from '../../../src/runtime/docker/linkProgram';
import { processesProgram } from '../../../src/runtime/docker/processesProgram';
import { parseProcesses } from '../../../src/runtime/docker/processFiles';
import { signalProgram } from '../../../src/runtime/docker/signalProgram';
import { programHere, runsHere, testExecutable } from './executable';

describe.each([
  ['signal', signalProgram, 320],
  ['link', linkProgram, 320],
  ['processes', processesProgram, 540],
] as const)('the program %s', (_, program, bytesMax) => {
  testExecutable(program, bytesMax);
});

(runsHere ? describe : describe.skip)('the program signal, run here', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'signal-'));
  const file = path.join(folder, 'signal');
  writeFileSync(file, programHere(signalProgram), { mode: 0o755 });
  afterAll(() => rmSync(folder, { recursive: true }));

  const send = async (signal: NodeJS.Signals, ...pids: readonly unknown[]) => {
    const program = spawn(file, [constants.signals[signal], ...pids].map(String));
    const [code] = await once(program, 'exit');
    return code;
  };
  const stateOf = (pid: number | undefined) => /^State:\t(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];

  test('sends its signal to each of the processes', async () => {
    const sleepers = [spawn('sleep', ['600']), spawn('sleep', ['600'])];
    const pids = sleepers.map(({ pid }) => pid);
    expect(await send('SIGSTOP', ...pids)).toBe(0);
    for (const pid of pids) while (stateOf(pid) !== 'T') await setImmediate();
    const ends = sleepers.map((sleeper) => once(sleeper, 'exit'));
    expect(await send('SIGKILL', ...pids)).toBe(0);
    expect(await Promise.all(ends)).toEqual([
      [null, 'SIGKILL'],
      [null, 'SIGKILL'],
    ]);
    expect(await send('SIGKILL', ...pids)).toBe(0);
  });
});

(runsHere ? describe : describe.skip)('the program processes, run here', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'processes-'));
  const file = path.join(folder, 'processes');
  writeFileSync(file, programHere(processesProgram), { mode: 0o755 });
  afterAll(() => rmSync(folder, { recursive: true }));

  const processes = (id: string) => parseProcesses(execFileSync(file, [id], { maxBuffer: 2 ** 28 }));

  test('shows the processes in whose cgroup the id stands', () => {
    const cgroup = readFileSync('/proc/self/cgroup', 'utf8').trim().split('\n').at(-1) ?? '';
    const found = processes(cgroup);
    expect(found).toContainEqual(expect.objectContaining({ pid: process.pid, ppid: process.ppid }));
    expect(found.find(({ pid }) => pid === process.pid)?.args).toContain('jest');
  });

  test('shows no other ones', () => {
    expect(processes('0123456789abcdef')).toEqual([]);
  });
});
