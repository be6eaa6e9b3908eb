import { setTimeout as sleep } from 'node:timers/promises';
import type { Docker } from '../engine/docker';

const POLL_MS = 10;

/**
 * Waits for the exit of a command and returns its code, because its output may end before the engine has recorded the
 * exit.
 */
export async function waitForExitCode(exec: ReturnType<Docker['getExec']>): Promise<number> {
  for (;;) {
    const { ExitCode, Running } = await exec.inspect();
    if (!Running && ExitCode !== null) return ExitCode;
    await sleep(POLL_MS);
  }
}
