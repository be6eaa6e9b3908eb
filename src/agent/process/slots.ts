import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { availableParallelism, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RuntimeError } from '../../runtime/runtimeError';

const ASK_AGAIN_MS = 50;
const PODS_PER_CORE = 4;

/**
 * Returns the number of pods that may run at the same time on this machine, for all processes together:
 * `JEST_KUBELET_MAX_PODS`, or four per core by default.
 *
 * @throws RuntimeError if the variable is not a number of at least 1.
 */
export function maxPods(env: NodeJS.ProcessEnv = process.env): number {
  const { JEST_KUBELET_MAX_PODS: given } = env;
  if (given === undefined) return PODS_PER_CORE * availableParallelism();
  const max = Number(given);
  if (Number.isInteger(max) && max > 0) return max;
  throw new RuntimeError(
    'JEST_KUBELET_MAX_PODS',
    `must be a whole number of at least 1, received ${JSON.stringify(given)}`,
  );
}

/**
 * The places that pods take, counted across all processes of this user on this machine. A place is a name that only one
 * process at a time can listen at, and the operating system frees it when that process exits for any reason.
 */
export class Slots {
  readonly #max: number;
  readonly #nameOf: (index: number) => string;
  /** The places of this process's pods. A place beyond the limit has no name. */
  readonly #places = new Set<{ readonly name: Server | undefined }>();
  /** The last of the pods that wait in turn. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(max: number, nameOf: (index: number) => string = nameOfSlot) {
    this.#max = max;
    this.#nameOf = nameOf;
  }

  /**
   * Resolves to the function that releases the place. A process that has a pod exceeds the limit, because its test may
   * need all of its pods together and would wait for itself; a pod with `isIndependent` always waits, one such pod of a
   * process after another.
   */
  async take({ isIndependent = false } = {}): Promise<() => void> {
    if (!isIndependent) return this.#take(() => this.#places.size > 0);
    const taken = this.#turn.then(() => this.#take(() => false));
    this.#turn = taken;
    return taken;
  }

  async #take(mayExceed: () => boolean): Promise<() => void> {
    for (;;) {
      const name = await this.#freeName();
      if (name || mayExceed()) return this.#hold({ name });
      await sleep(ASK_AGAIN_MS);
    }
  }

  #hold(place: { readonly name: Server | undefined }): () => void {
    this.#places.add(place);
    return () => {
      this.#places.delete(place);
      place.name?.close();
    };
  }

  async #freeName(): Promise<Server | undefined> {
    for (let index = 0; index < this.#max; index += 1) {
      const server = await listen(this.#nameOf(index));
      if (server) return server;
    }
    return undefined;
  }
}

/** Returns a name that ends with its process if the operating system has such names, or else the file of a socket. */
function nameOfSlot(index: number): string {
  const name = `jest-kubelet-pod-${userInfo().username}-${index}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(tmpdir(), name);
}

/** Returns undefined if another process listens there. */
async function listen(name: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  server.unref();
  try {
    await once(server.listen(name), 'listening');
    return server;
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
  }
  if (!path.isAbsolute(name) || process.platform === 'win32' || !(await isLeft(name))) return undefined;
  rmSync(name, { force: true });
  return listen(name);
}

/** Returns true if the file of a socket is left over from a dead process. */
async function isLeft(file: string): Promise<boolean> {
  const socket = createConnection(file);
  try {
    await once(socket, 'connect');
    return false;
  } catch (error) {
    return codeOf(error) === 'ECONNREFUSED';
  } finally {
    socket.destroy();
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
