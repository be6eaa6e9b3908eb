import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { RuntimeError } from '../../runtimeError';
import type { Docker } from '../engine/docker';
import { isGone } from '../engine/engineError';
import { RUN_LABEL } from '../engine/labels';

/** Podman tells an exit as `die`, too, but has to be asked for its own word. */
const EXIT_EVENTS = ['die', 'died'];
/** The kernel has killed a process of a container, whichever it was. */
const OOM_EVENT = 'oom';
const RECONNECTS_MAX = 10;
const RECONNECT_EVERY_MS = 200;

export interface Exit {
  readonly exitCode: number;
  /** Whether the kernel killed it for its memory: the engine has to be asked. */
  readonly wasOOMKilled: () => Promise<boolean>;
}

/** The one source of exits: the engine's event stream, for all containers of a run. */
export interface ExitWatch {
  /** Tells once when that container's process has exited. To be asked before it is started. */
  onExit(id: string, tell: (exit: Exit) => void): void;
  /** Tells each time that the kernel has killed a process of that container for its memory. */
  onOOM(id: string, tell: () => void): void;
  forget(id: string): void;
  /** Tells the exit of a container that was found to have exited, unless it is told already. */
  catchUp(id: string): void;
  close(): void;
}

interface DieEvent {
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: { readonly exitCode: string } };
}

/**
 * Begins to watch. A stream that breaks off is opened again, and what exited meanwhile is asked for; `onLost` is called
 * when that fails.
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

  const exited = (id: string, exitCode: number): void => {
    const tell = watched.get(id);
    if (!tell) return;
    watched.delete(id);
    killing.delete(id);
    // The event does not say whether it was the kernel's doing. An exit with 0 cannot have been.
    tell({ exitCode, wasOOMKilled: async () => exitCode !== 0 && (await wasOOMKilled(docker, id)) });
  };

  const lookAt = async (id: string): Promise<void> => {
    const exitCode = await exitCodeOf(docker, id);
    if (exitCode !== undefined) exited(id, exitCode);
  };

  const follow = async (): Promise<void> => {
    while (!closed) {
      await read(stream, ({ Action, Actor }) => {
        if (Action === OOM_EVENT) killing.get(Actor.ID)?.();
        else exited(Actor.ID, Number(Actor.Attributes.exitCode));
      }).catch(() => {});
      if (closed) return;
      stream = await reopen(docker, run);
      for (const id of watched.keys()) await lookAt(id);
    }
  };
  follow().catch((cause: unknown) => {
    if (!closed)
      onLost(
        new RuntimeError('container engine', 'its event stream ended and does not come back; is it still running?', {
          cause,
        }),
      );
  });

  return {
    onExit: (id, tell) => watched.set(id, tell),
    onOOM: (id, tell) => killing.set(id, tell),
    forget(id) {
      watched.delete(id);
      killing.delete(id);
    },
    catchUp(id) {
      // What cannot be asked now is asked for again.
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

/** One JSON object a line; a chunk may end within one. */
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

/** Undefined for a container that runs, or has not run yet. */
async function exitCodeOf(docker: Docker, id: string): Promise<number | undefined> {
  try {
    const { State } = await docker.getContainer(id).inspect();
    return State.Status === 'exited' || State.Status === 'dead' ? State.ExitCode : undefined;
  } catch (error) {
    if (isGone(error)) return 137;
    throw error;
  }
}
