import { RuntimeError } from '../runtimeError';
import { isNotRunning } from './engineError';
import { processesOf } from './processes';
import type { Run } from './run';
import { signalProcesses } from './signalProcesses';

/** Of a container that still moves after so many looks, more is forked than can be stopped. */
const LOOKS_MAX = 50;
/** Stopped, or ended. */
const STANDS = /[TtZX]/;
/** Running, or asleep. */
const MOVES = /[RSI]/;

/**
 * Stops every process of a container with SIGSTOP, where it stands. What is forked meanwhile is stopped as well: a stopped
 * process forks no more, so a look that finds everybody stopped has found everybody. The kernel loses a SIGSTOP that comes
 * while a process of several threads is about to run another program, as the engine's own is that becomes the container:
 * whoever moves still is told again.
 *
 * Not the engine's pause, which refuses to run anything in the container, and thaws it to stop it. Of all processes only
 * those in its own pid namespace could not stop PID 1, so it is done from the engine's host.
 *
 * @throws RuntimeError when they cannot be stopped, and then none is.
 */
export async function freeze(run: Run, id: string): Promise<void> {
  const told = new Map<number, number>();
  try {
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      const { own, states } = await processesOf(run.engine, id);
      const moving = own.filter((pid) => !stands(states.get(pid) ?? '', told.get(pid) ?? 0));
      if (moving.length === 0) return;
      await signalProcesses(run, id, moving, 'SIGSTOP');
      for (const pid of moving) told.set(pid, (told.get(pid) ?? 0) + 1);
    }
    throw new RuntimeError(
      'container engine',
      `container ${id.slice(0, 12)} does not stand still, however often it is stopped`,
    );
  } catch (error) {
    await thaw(run, id).catch(() => {});
    throw error;
  }
}

/** One that nothing may interrupt, in a read say, shows it once that is over; of one of unknown state nobody can tell. */
function stands(state: string, timesTold: number): boolean {
  return STANDS.test(state) || (timesTold > 1 && !MOVES.test(state));
}

/** Lets a frozen container go on; one that has ended meanwhile needs nothing. */
export async function thaw(run: Run, id: string): Promise<void> {
  try {
    await signalProcesses(run, id, (await processesOf(run.engine, id)).own, 'SIGCONT');
  } catch (error) {
    if (!isNotRunning(error)) throw error;
  }
}
