import type { Connection } from '../../../probes/ports';
import type { Docker } from '../engine/docker';
import { Carrier } from './carrier';

/**
 * A dialer of the ports of a pod from inside its network, with the program `/dial` of the sandbox image. The engine
 * starts it once for all connections, because a start for each would delay each request by 0.1s to 1s.
 */
export class InsideDialer {
  readonly #docker: Docker;
  readonly #sandboxId: string;
  #carrier: Promise<Carrier> | undefined;

  constructor(docker: Docker, sandboxId: string) {
    this.#docker = docker;
    this.#sandboxId = sandboxId;
  }

  /** Starts the program, so that the first connection does not wait for it. */
  async prepare(): Promise<void> {
    await this.#running();
  }

  /**
   * Resolves when the connection is about to be opened.
   *
   * @throws RuntimeError if the engine cannot run the program.
   */
  async connect(host: string, port: number): Promise<Connection> {
    const socket = (await this.#running()).open({ address: host, port });
    await socket.begun;
    return { socket, connected: socket.connected };
  }

  /**
   * Returns the running program. A program that has exited, for example killed from a shared pid namespace, is started
   * again.
   */
  async #running(): Promise<Carrier> {
    for (;;) {
      this.#carrier ??= Carrier.start(this.#docker, this.#sandboxId);
      const starting = this.#carrier;
      const carrier = await starting.catch((error: unknown) => this.#discard(starting, error));
      if (!carrier.hasEnded) return carrier;
      if (this.#carrier === starting) this.#carrier = undefined;
    }
  }

  /** Discards a program that failed to start, so that the next connection starts another. */
  #discard(starting: Promise<Carrier>, error: unknown): never {
    if (this.#carrier === starting) this.#carrier = undefined;
    throw error;
  }
}
