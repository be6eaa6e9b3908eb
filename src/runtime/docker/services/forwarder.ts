import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

interface Forwarded {
  readonly client: Socket;
  /** Absent while the client is kept waiting. */
  server?: Socket;
}

/** Passes TCP connections on to a server that is reached only from this machine, and can hold them up. */
export class Forwarder {
  readonly #host: string;
  readonly #target: { readonly host: string; readonly port: number };
  readonly #admits: (address: string) => boolean;
  readonly #listener: Server;
  readonly #connections = new Set<Forwarded>();
  #isHeld = false;

  /**
   * Listens at that address of this machine, at the server's own port, for clients with an address that `admits` accepts.
   * Rejects where that is taken, or no address of it.
   */
  static async listen(
    host: string,
    target: { readonly host: string; readonly port: number },
    admits: (address: string) => boolean,
  ): Promise<Forwarder> {
    const forwarder = new Forwarder(host, target, admits);
    await forwarder.#listen();
    return forwarder;
  }

  private constructor(
    host: string,
    target: { readonly host: string; readonly port: number },
    admits: (address: string) => boolean,
  ) {
    this.#host = host;
    this.#target = target;
    this.#admits = admits;
    this.#listener = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => this.#take(client));
  }

  /** Whether what is sent is passed on; while it is not, connections stay open and nothing comes of them. */
  set isHeld(isHeld: boolean) {
    this.#isHeld = isHeld;
    for (const connection of this.#connections) {
      if (!isHeld) this.#join(connection);
      else for (const socket of [connection.client, connection.server]) socket?.unpipe().pause();
    }
  }

  /** Refuses new connections from now on. */
  refuse(): void {
    this.#listener.close();
  }

  /** Takes new connections again. */
  async accept(): Promise<void> {
    if (!this.#listener.listening) await this.#listen();
  }

  close(): void {
    this.#listener.close();
    for (const { client, server } of this.#connections) {
      client.destroy();
      server?.destroy();
    }
  }

  async #listen(): Promise<void> {
    this.#listener.listen({ host: this.#host, port: this.#target.port });
    await once(this.#listener, 'listening');
  }

  #take(client: Socket): void {
    client.on('error', () => {});
    // A handshake with a forged address is never completed: the answer goes to whom the address belongs to.
    if (!this.#admits(client.remoteAddress ?? '')) {
      client.resetAndDestroy();
      return;
    }
    const connection: Forwarded = { client };
    this.#connections.add(connection);
    client.on('close', () => {
      this.#connections.delete(connection);
      connection.server?.destroy();
    });
    if (!this.#isHeld) this.#join(connection);
  }

  #join(connection: Forwarded): void {
    const { client } = connection;
    if (!connection.server) {
      const server = connect({ ...this.#target, allowHalfOpen: true });
      connection.server = server;
      // What the server refuses or breaks off ends so for the client too.
      server.on('error', () => client.resetAndDestroy());
      server.on('close', () => client.destroy());
    }
    client.pipe(connection.server).pipe(client);
  }
}

/** Whether somebody listens there. */
export async function isListening(target: { readonly host: string; readonly port: number }): Promise<boolean> {
  const socket = connect(target);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
