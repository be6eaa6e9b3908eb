import { RuntimeError } from '../runtimeError';
import { isNotRunning } from './engineError';
import { processesOf } from './processes';
import type { Run } from './run';
import { signalProcesses } from './signalProcesses';

/** A container that still has new processes after so many looks makes them faster than they can be stopped. */
const LOOKS_MAX = 50;

/**
 * Stops every process of a container with SIGSTOP, where it stands. What is forked meanwhile is stopped as well: a stopped
 * process forks no more, so a look that finds nobody new has found everybody.
 *
 * Not the engine's pause, which refuses to run anything in the container, and thaws it to stop it. Of all processes only
 * those in its own pid namespace could not stop PID 1, so it is done from the engine's host.
 *
 * @throws RuntimeError when they cannot be stopped, and then none is.
 */
export async function freeze(run: Run, id: string): Promise<void> {
  const stopped = new Set<number>();
  try {
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      const { own } = await processesOf(run.engine, id);
      const moving = own.filter((pid) => !stopped.has(pid));
      if (moving.length === 0) return;
      await signalProcesses(run, id, moving, 'SIGSTOP');
      for (const pid of moving) stopped.add(pid);
    }
    throw new RuntimeError('container engine', `container ${id.slice(0, 12)} forks faster than it can be frozen`);
  } catch (error) {
    await thaw(run, id).catch(() => {});
    throw error;
  }
}

/** Lets a frozen container go on; one that has ended meanwhile needs nothing. */
export async function thaw(run: Run, id: string): Promise<void> {
  try {
    await signalProcesses(run, id, (await processesOf(run.engine, id)).own, 'SIGCONT');
  } catch (error) {
    if (!isNotRunning(error)) throw error;
  }
}
