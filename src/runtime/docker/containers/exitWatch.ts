import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { RuntimeError } from '../../runtimeError';
import type { Docker } from '../engine/docker';
import { isGone } from '../engine/engineError';
import { RUN_LABEL } from '../engine/labels';

/** Podman also reports an exit as `die`, but its filter accepts only its own word. */
const EXIT_EVENTS = ['die', 'died'];
/** The event for an OOM kill of any process of a container. */
const OOM_EVENT = 'oom';
const RECONNECTS_MAX = 10;
const RECONNECT_EVERY_MS = 200;

export interface Exit {
  readonly exitCode: number;
  /**
   * Returns true if the kernel killed it because of its memory use. The event does not show that, so this sends a
   * request to the engine.
   */
  readonly wasOOMKilled: () => Promise<boolean>;
}

/** The only source of exits: the engine's event stream, for all containers of a run. */
export interface ExitWatch {
  /**
   * Calls `report` once when the process of the container has exited. It must be registered before the container is
   * started.
   */
  onExit(id: string, report: (exit: Exit) => void): void;
  /** Calls `report` each time the kernel has killed a process of the container because of its memory use. */
  onOOM(id: string, report: () => void): void;
  forget(id: string): void;
  /** Reports the exit of a container that was found to have exited, unless it was reported already. */
  catchUp(id: string): void;
  close(): void;
}

interface DieEvent {
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: { readonly exitCode: string } };
}

/**
 * Starts to watch. It reopens a stream that breaks and looks up the exits since then; `onLost` is called if that fails.
 */
export async function watchExits(
  docker: Docker,
  run: string,
  onLost: (error: RuntimeError) => void,
): Promise<ExitWatch> {
  const watched = new Map<string, (exit: Exit) => void>();
  const killing = new Map<string, () => void>();
  let closed = false;
  let stream = await open(docker, run);

  const reportExit = (id: string, exitCode: number): void => {
    const report = watched.get(id);
    if (!report) return;
    watched.delete(id);
    killing.delete(id);
    // The event does not show whether the kernel killed the process. An exit with code 0 rules that out.
    report({ exitCode, wasOOMKilled: async () => exitCode !== 0 && (await wasOOMKilled(docker, id)) });
  };

  const lookAt = async (id: string): Promise<void> => {
    const exitCode = await findExitCode(docker, id);
    if (exitCode !== undefined) reportExit(id, exitCode);
  };

  const follow = async (): Promise<void> => {
    while (!closed) {
      await read(stream, ({ Action, Actor }) => {
        if (Action === OOM_EVENT) killing.get(Actor.ID)?.();
        else reportExit(Actor.ID, Number(Actor.Attributes.exitCode));
      }).catch(() => {});
      if (closed) return;
      stream = await reopen(docker, run);
      for (const id of watched.keys()) await lookAt(id);
    }
  };
  follow().catch((cause: unknown) => {
    if (!closed)
      onLost(
        new RuntimeError(
          'container engine',
          'its event stream ended and could not be reopened. Check that it still runs',
          {
            cause,
          },
        ),
      );
  });

  return {
    onExit: (id, report) => watched.set(id, report),
    onOOM: (id, report) => killing.set(id, report),
    forget(id) {
      watched.delete(id);
      killing.delete(id);
    },
    catchUp(id) {
      // A failed request is repeated later.
      if (watched.has(id)) lookAt(id).catch(() => {});
    },
    close() {
      closed = true;
      stream.destroy();
    },
  };
}

async function open(docker: Docker, run: string): Promise<Readable> {
  const label = `${RUN_LABEL}=${run}`;
  const stream = await docker.getEvents({
    filters: { type: ['container'], event: [...EXIT_EVENTS, OOM_EVENT], label: [label] },
  });
  return stream as Readable;
}

async function reopen(docker: Docker, run: string): Promise<Readable> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open(docker, run);
    } catch (error) {
      if (attempt === RECONNECTS_MAX) throw error;
      await sleep(RECONNECT_EVERY_MS);
    }
  }
}

/** Reads one JSON object per line. A chunk may end within one. */
async function read(stream: Readable, onDie: (event: DieEvent) => void): Promise<void> {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') onDie(JSON.parse(line) as DieEvent);
  }
}

async function wasOOMKilled(docker: Docker, id: string): Promise<boolean> {
  try {
    return (await docker.getContainer(id).inspect()).State.OOMKilled;
  } catch {
    return false;
  }
}

/** Returns undefined for a container that is running, or has not started yet. */
async function findExitCode(docker: Docker, id: string): Promise<number | undefined> {
  try {
    const { State } = await docker.getContainer(id).inspect();
    return State.Status === 'exited' || State.Status === 'dead' ? State.ExitCode : undefined;
  } catch (error) {
    if (isGone(error)) return 137;
    throw error;
  }
}
