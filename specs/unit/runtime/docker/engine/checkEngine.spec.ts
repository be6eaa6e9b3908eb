import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, Server as SocketServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkEngine } from '../../../../../src/runtime/docker/engine/checkEngine';
import type { Docker } from '../../../../../src/runtime/docker/engine/docker';
import { KeptContainers } from '../../../../../src/runtime/docker/engine/keptContainers';
import { realLimit } from '../../../../pace';

type Client = new (options: { readonly host: string; readonly port: number }) => Docker;
const Dockerode = createRequire(require.resolve('testcontainers'))('dockerode') as Client;

describe('checkEngine', () => {
  let server: Server;
  let docker: Docker;
  let kept: KeptContainers;
  let containers: readonly { readonly Id: string; readonly State: string }[];
  let connections: number;
  let onRequest: () => void;

  beforeEach(async () => {
    kept = new KeptContainers();
    containers = [];
    connections = 0;
    onRequest = () => {};
    server = createServer((_, response) => {
      onRequest();
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(containers));
    });
    server.on('connection', () => {
      connections += 1;
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    docker = new Dockerode({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const check = (answerMaxMs = realLimit(20_000)) => checkEngine(docker, { id: 'r', kept, answerMaxMs });

  test('resolves if each kept container runs or is about to run', async () => {
    containers = [
      { Id: 'a', State: 'running' },
      { Id: 'b', State: 'created' },
      { Id: 'c', State: 'exited' },
    ];
    kept.keep('a');
    kept.keep('b');
    await expect(check()).resolves.toBeUndefined();
  });

  test.each(['exited', 'dead', 'removing'])('rejects if a kept container is %s', async (State) => {
    containers = [{ Id: 'a', State }];
    kept.keep('a');
    await expect(check()).rejects.toThrow(
      'container engine: ended the sandbox of a pod, and jest-kubelet did not request that. Check whether the engine was stopped or restarted',
    );
  });

  test('rejects if a kept container is missing', async () => {
    kept.keep('a');
    await expect(check()).rejects.toThrow('container engine: ended the sandbox of a pod');
  });

  test('ignores a container that is released during the check', async () => {
    kept.keep('a');
    onRequest = () => kept.release('a');
    await expect(check()).resolves.toBeUndefined();
  });

  test('rejects if the engine accepts no new connections', async () => {
    await docker.listContainers();
    // An HTTP server would close the idle connection too.
    SocketServer.prototype.close.call(server);
    await expect(docker.listContainers()).resolves.toEqual([]);
    await expect(check()).rejects.toThrow('container engine: no longer responds. Check that it still runs');
  });

  test('opens a new connection each time', async () => {
    await check();
    await check();
    expect(connections).toBe(2);
  });

  test('rejects if the engine keeps the connection open without a response', async () => {
    server.removeAllListeners('request');
    await expect(check(500)).rejects.toThrow('container engine: has not responded for 0.5s on an open connection');
  });
});
