import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { linkProgram } from '../../../../../src/runtime/docker/helper/linkProgram';
import { processesProgram, socketsProgram } from '../../../../../src/runtime/docker/helper/processesProgram';
import { filesIn, parseProcesses } from '../../../../../src/runtime/docker/processes/processFiles';
import { programHere, runsHere, testExecutable } from '../executable';

describe.each([
  ['link', linkProgram, 320],
  ['processes', processesProgram, 541],
  ['sockets', socketsProgram, 543],
] as const)('the program %s', (_, program, bytesMax) => {
  testExecutable(program, bytesMax);
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

  test('shows the sockets in the network of the processes', () => {
    const sockets = path.join(folder, 'sockets');
    writeFileSync(sockets, programHere(socketsProgram), { mode: 0o755 });
    const cgroup = readFileSync('/proc/self/cgroup', 'utf8').trim().split('\n').at(-1) ?? '';
    const files = filesIn(execFileSync(sockets, [cgroup], { maxBuffer: 2 ** 28 }));
    const head = (file: string) => readFileSync(file, 'utf8').split('\n')[0] ?? '';
    expect(files.find((file) => file.startsWith(head('/proc/net/tcp')))).toBeDefined();
    expect(files.find((file) => file.startsWith(head('/proc/net/tcp6')))).toBeDefined();
    expect(files.length % 2).toBe(0);
  });

  test('shows no other ones', () => {
    expect(processes('0123456789abcdef')).toEqual([]);
  });
});
