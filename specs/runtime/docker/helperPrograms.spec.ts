import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { linkProgram } from '../../../src/runtime/docker/linkProgram';
import { signalProgram } from '../../../src/runtime/docker/signalProgram';
import { programHere, runsHere, testExecutable } from './executable';

describe.each([
  ['signal', signalProgram],
  ['link', linkProgram],
])('the program %s', (_, program) => {
  testExecutable(program, 320);
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
