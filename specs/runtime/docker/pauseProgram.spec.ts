import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { pauseProgram } from '../../../src/runtime/docker/pauseProgram';
import { programHere, runsHere, testExecutable } from './executable';

testExecutable(pauseProgram, 300);

/** Whether the process has set its signals up, which it does first, and sleeps since. */
function waits(pid: number | undefined): boolean {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, ignored = '0'] = /^SigIgn:\t(\w+)$/m.exec(status) ?? [];
  return /^State:\tS/m.test(status) && (BigInt(`0x${ignored}`) & SIGCHLD) !== 0n;
}

const SIGCHLD = 1n << 16n;

(runsHere ? test : test.skip)('waits until it gets SIGTERM, and then exits with 0', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pause-'));
  const file = path.join(folder, 'pause');
  writeFileSync(file, programHere(pauseProgram), { mode: 0o755 });
  try {
    const pause = spawn(file);
    await once(pause, 'spawn');
    while (!waits(pause.pid)) await setImmediate();
    pause.kill('SIGCHLD');
    pause.kill('SIGTERM');
    expect(await once(pause, 'exit')).toEqual([0, null]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
