import { RuntimeError } from '../../runtimeError';
import { isGone } from '../engine/engineError';
import { type EngineHost, shortContainerName, withEngineHost } from '../processes/engineHost';
import { processesOf } from '../processes/processes';
import type { Run } from '../run';

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
export function freeze(run: Run, id: string): Promise<void> {
  return withEngineHost(run, id, (host) => freezeOn(host, id));
}

/** Does so through a host that is given. */
export async function freezeOn(host: EngineHost, id: string): Promise<void> {
  const told = new Map<number, number>();
  try {
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      const own = await processesOf(id, host);
      const moving = own.filter(({ pid, state }) => !stands(state, told.get(pid) ?? 0)).map(({ pid }) => pid);
      if (moving.length === 0) return;
      await host.signal(moving, 'SIGSTOP');
      for (const pid of moving) told.set(pid, (told.get(pid) ?? 0) + 1);
    }
    const wrong = `its processes still run after ${LOOKS_MAX} signals. Check whether it forks without end`;
    throw new RuntimeError(shortContainerName(id), wrong);
  } catch (error) {
    await thawOn(host, id).catch(() => {});
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
    await withEngineHost(run, id, (host) => thawOn(host, id));
  } catch (error) {
    if (await isRunning(run, id)) throw error;
  }
}

async function thawOn(host: EngineHost, id: string): Promise<void> {
  const own = await processesOf(id, host);
  await host.signal(
    own.map(({ pid }) => pid),
    'SIGCONT',
  );
}

async function isRunning({ engine }: Run, id: string): Promise<boolean> {
  try {
    return (await engine.docker.getContainer(id).inspect()).State.Running;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}
