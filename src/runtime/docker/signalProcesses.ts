import { constants } from 'node:os';
import { runHelper } from './helper';
import { isIn } from './hostProcess';
import type { Run } from './run';

/**
 * Signals processes of a container, by their pids on the engine's machine: as root of this machine where they are its own,
 * else through the engine. A process that is gone is none that could not be signalled.
 *
 * @throws RuntimeError where the engine does not let a container of ours do it.
 */
export async function signalProcesses(
  run: Run,
  containerId: string,
  pids: readonly number[],
  name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL',
): Promise<void> {
  const [first] = pids;
  if (first === undefined) return;
  if ((await isIn(containerId, first)) && pids.every((pid) => sent(pid, name))) return;
  const argv = ['/signal', String(constants.signals[name]), ...pids.map(String)];
  await runHelper(run, argv, { PidMode: 'host', CapAdd: ['KILL'] }, `${name} to the processes of a container`);
}

/** Whether a process has got a signal, or is gone; false where it is not ours to signal. */
function sent(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
