import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/** A TCP port in front of the socket of an engine, with a delay in both directions. */
export class SlowDoor {
  readonly #sockets = new Set<Socket>();
  readonly #server;

  constructor(socketPath: string, delayMs: number) {
    this.#server = createServer((client) => {
      const engine = createConnection(socketPath);
      for (const each of [client, engine]) {
        this.#sockets.add(each);
        each.on('error', () => {}).on('close', () => this.#sockets.delete(each));
      }
      pipeWithDelay(client, engine, delayMs);
      pipeWithDelay(engine, client, delayMs);
    });
  }

  async open(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async shut(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }
}

function pipeWithDelay(from: Socket, to: Socket, delayMs: number): void {
  const later = (act: () => void) => setTimeout(() => to.destroyed || act(), delayMs);
  from.on('data', (chunk) => later(() => to.write(chunk)));
  from.on('end', () => later(() => to.end()));
}
