import { once } from 'node:events';
import { existsSync } from 'node:fs';
import http from 'node:http';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { findEngine } from '../../src/runtime/docker/engine/engine';
import type { RuntimeError } from '../../src/runtime/runtimeError';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { beginSpecRun } from './specRun';

const SOCKET = '/var/run/docker.sock';

/** The engine behind a door that can be shut. */
class Door {
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => {
    const engine = createConnection(SOCKET);
    for (const each of [socket, engine]) {
      this.#sockets.add(each);
      each.on('error', () => {}).on('close', () => this.#sockets.delete(each));
    }
    socket.pipe(engine).pipe(socket);
  });

  async open(port = 0): Promise<number> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async shut(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }
}

(existsSync(SOCKET) ? describeOnEngine : describe.skip)('the event stream of the engine', () => {
  const door = new Door();
  let port: number;

  beforeAll(async () => {
    port = await door.open();
    process.env.DOCKER_HOST = `tcp://127.0.0.1:${port}`;
    // testcontainers keeps the first engine it finds.
    await findEngine();
    delete process.env.DOCKER_HOST;
  });

  test('reports an exit during an interruption, and the loss if it does not reconnect', async () => {
    const losses: RuntimeError[] = [];
    let onLost = (): void => {};
    const { run, end } = await beginSpecRun((error) => {
      losses.push(error);
      onLost();
    });
    const pod = new EnginePod(run, '1');
    const id = await pod.start({ command: ['sh', '-c', 'sleep 0.2; exit 5'] });
    await door.shut();
    await exitOf(id);
    expect(pod.seen.map(({ kind }) => kind)).not.toContain('ContainerExited');
    await door.open(port);
    expect(await pod.next('ContainerExited')).toMatchObject({ id, exitCode: 5 });

    const lost = new Promise<void>((resolve) => {
      onLost = resolve;
    });
    await door.shut();
    await lost;
    expect(losses.map(({ message }) => message)).toEqual([
      'container engine: its event stream ended and could not be reopened. Check that it still runs',
    ]);
    await door.open(port);
    await end();
    await door.shut();
  });
});

/** Waits for the exit by a direct connection to the engine. */
async function exitOf(id: string): Promise<void> {
  const request = http.request({ socketPath: SOCKET, method: 'POST', path: `/containers/${id}/wait` }).end();
  const [response] = await once(request, 'response');
  await once(response.resume(), 'end');
}
