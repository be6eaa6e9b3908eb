import { RuntimeError } from '../../runtimeError';
import { isGone } from '../engine/engineError';
import { type EngineHost, shortContainerName, withEngineHost } from '../processes/engineHost';
import { listProcesses } from '../processes/processes';
import type { Run } from '../run';

/** A container that still runs after this many looks forks faster than it can be stopped. */
const LOOKS_MAX = 50;
/** The states of a process that is stopped or has exited. */
const STOPPED = /[TtZX]/;
/** The states of a process that runs or sleeps. */
const RUNNING = /[RSI]/;

/**
 * Stops every process of a container with SIGSTOP, also those that are forked during that.
 *
 * @throws RuntimeError if the processes cannot be stopped. None of them is stopped then.
 */
export function freeze(run: Run, id: string): Promise<void> {
  // The engine's pause is unsuitable: a paused container runs no command, and the engine resumes it to stop it. A
  // process in the container's pid namespace cannot stop its PID 1, so the signals are sent from the engine's host.
  return withEngineHost(run, id, (host) => freezeThroughHost(host, id));
}

/** Stops every process through the given host. */
export async function freezeThroughHost(host: EngineHost, id: string): Promise<void> {
  const sent = new Map<number, number>();
  try {
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      const own = await listProcesses(id, host);
      const moving = own.filter(({ pid, state }) => !isStopped(state, sent.get(pid) ?? 0)).map(({ pid }) => pid);
      // A stopped process cannot fork, so one look that finds all of them stopped is complete.
      if (moving.length === 0) return;
      // The kernel loses a SIGSTOP while a process of several threads is about to run another program, as the engine's
      // own process does that becomes the container. A process that still runs receives it again.
      await host.signal(moving, 'SIGSTOP');
      for (const pid of moving) sent.set(pid, (sent.get(pid) ?? 0) + 1);
    }
    const wrong = `its processes still run after ${LOOKS_MAX} signals. Check whether it forks without end`;
    throw new RuntimeError(shortContainerName(id), wrong);
  } catch (error) {
    await thawThroughHost(host, id).catch(() => {});
    throw error;
  }
}

/**
 * Returns true if a process is stopped. An uninterruptible process, for example in a read, stops when that ends, so it
 * and a process in an unknown state count as stopped after two signals.
 */
function isStopped(state: string, signals: number): boolean {
  return STOPPED.test(state) || (signals > 1 && !RUNNING.test(state));
}

/** Continues a frozen container. A container that has exited needs nothing. */
export async function thaw(run: Run, id: string): Promise<void> {
  try {
    await withEngineHost(run, id, (host) => thawThroughHost(host, id));
  } catch (error) {
    if (await isRunning(run, id)) throw error;
  }
}

async function thawThroughHost(host: EngineHost, id: string): Promise<void> {
  const own = await listProcesses(id, host);
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
