import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer as createTCPServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { attempt } from '../../../../src/agent/pod/attempt';
import { CREATED, type Instant } from '../../../../src/clock/instant';
import type { RunProbe } from '../../../../src/probes/attempt';

/** Starts a server like a frozen process: the kernel accepts connections, but no response follows. */
async function silent() {
  const server = createTCPServer(() => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

const dialling = {
  execInContainer: () => Promise.reject(new Error('no container')),
  kubernetesVersion: '1.36',
  pod: { name: 'shop', namespace: 'default', uid: '1' },
};

function command(port: number, host?: string): RunProbe {
  const httpGet = { path: '/', port, scheme: 'HTTP', ...(host && { host }) };
  const probe = {
    httpGet,
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 2,
    failureThreshold: 3,
    successThreshold: 1,
  };
  return {
    kind: 'RunProbe',
    run: 7,
    id: 'id',
    type: 'liveness',
    container: { name: 'web', image: 'x', imagePullPolicy: 'Always' },
    probe,
    podIP: '127.0.0.1',
  } as unknown as RunProbe;
}

function around(isStill: boolean) {
  const outlasted: (readonly [number, Instant])[] = [];
  const begunAt = performance.now();
  const driver = {
    isStill,
    outlast: async (run: number, until: Instant) => {
      outlasted.push([run, until]);
      return true;
    },
  };
  return { outlasted, around: { driver, now: () => (CREATED + performance.now() - begunAt) as Instant } };
}

test('skips the wait for a response if the whole pod is frozen', async () => {
  const { port, close } = await silent();
  const { outlasted, around: still } = around(true);
  const begunAt = performance.now();
  const outcome = await attempt(command(port), dialling, still);
  expect(performance.now() - begunAt).toBeLessThan(1_500);
  expect(outcome).toMatchObject({ result: 'Failure', output: expect.stringContaining('context deadline exceeded') });
  // The timeout of 2s starts with the attempt.
  expect(outlasted.map(([run, until]) => [run, Math.round(until / 1_000)])).toEqual([[7, 2]]);
  close();
});

test('fails immediately if no process listens on the port', async () => {
  const { port, close } = await silent();
  close();
  const { outlasted, around: still } = around(true);
  const outcome = await attempt(command(port), dialling, still);
  expect(outcome).toMatchObject({ result: 'Failure', output: expect.stringContaining('connection refused') });
  expect(outlasted).toEqual([]);
});

test('waits the whole timeout if a container of the pod can still respond', async () => {
  const { port, close } = await silent();
  const { outlasted, around: moving } = around(false);
  const begunAt = performance.now();
  expect(await attempt(command(port), dialling, moving)).toMatchObject({ result: 'Failure' });
  expect(performance.now() - begunAt).toBeGreaterThan(1_900);
  expect(outlasted).toEqual([]);
  close();
});

test('waits the whole timeout if the probe targets another host', async () => {
  const { port, close } = await silent();
  const { outlasted, around: still } = around(true);
  expect(await attempt(command(port, '127.0.0.1'), dialling, still)).toMatchObject({ result: 'Failure' });
  expect(outlasted).toEqual([]);
  close();
});
