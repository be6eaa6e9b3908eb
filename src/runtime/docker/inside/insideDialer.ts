import type { Connection } from '../../../probes/ports';
import type { Docker } from '../engine/docker';
import { Carrier } from './carrier';

/**
 * Connects to the ports of a pod from inside its network, by the program `/dial` of the sandbox image. The engine starts
 * it once, and it carries all connections: a start for each would send each request 0.1 to 1s late.
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
   * Resolves once the connection is about to be made.
   *
   * @throws RuntimeError when the engine cannot run the program.
   */
  async connect(host: string, port: number): Promise<Connection> {
    const socket = (await this.#running()).open({ address: host, port });
    await socket.begun;
    return { socket, connected: socket.connected };
  }

  /** A program that has ended, killed from within a shared pid namespace perhaps, is started again. */
  async #running(): Promise<Carrier> {
    for (;;) {
      this.#carrier ??= Carrier.start(this.#docker, this.#sandboxId);
      const starting = this.#carrier;
      const carrier = await starting.catch((error: unknown) => this.#discard(starting, error));
      if (!carrier.hasEnded) return carrier;
      if (this.#carrier === starting) this.#carrier = undefined;
    }
  }

  /** The next connection tries again. */
  #discard(starting: Promise<Carrier>, error: unknown): never {
    if (this.#carrier === starting) this.#carrier = undefined;
    throw error;
  }
}
