import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

interface Forwarded {
  readonly client: Socket;
  /** Absent while the client waits. */
  server?: Socket;
}

/** A forwarder of TCP connections to a server that is reachable only from this machine. It can hold the connections. */
export class Forwarder {
  readonly #host: string;
  readonly #target: { readonly host: string; readonly port: number };
  readonly #admits: (address: string) => boolean;
  readonly #listener: Server;
  readonly #connections = new Set<Forwarded>();
  #isHeld = false;

  /**
   * Listens at an address of this machine, at the server's port, for clients whose address `admits` accepts. Rejects if
   * the port is taken or the address does not belong to this machine.
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

  /** True if no data is forwarded. Connections stay open then. */
  set isHeld(isHeld: boolean) {
    this.#isHeld = isHeld;
    for (const connection of this.#connections) {
      if (!isHeld) this.#join(connection);
      else for (const socket of [connection.client, connection.server]) socket?.unpipe().pause();
    }
  }

  /** Refuses new connections. */
  refuse(): void {
    this.#listener.close();
  }

  /** Accepts new connections again. */
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
    // The handshake of a forged address never completes, because the response goes to the owner of that address.
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
      // A refusal or an error of the server ends the client's connection in the same way.
      server.on('error', () => client.resetAndDestroy());
      server.on('close', () => client.destroy());
    }
    client.pipe(connection.server).pipe(client);
  }
}

/** Returns true if a server listens there. */
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
