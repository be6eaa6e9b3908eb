import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { GenericContainer, Network, type StartedTestContainer } from 'testcontainers';
import type { LivePod } from '../../../src/pod/live/livePod';
import { runPod } from '../../../src/pod/live/runPod';
import { removePods } from '../../../src/pod/shared/registry';
import { describeOnEngine } from '../../engine/onEngine';
import { isEngineHere } from './engineMachine';

const IDLES = { image: 'busybox:1.36', command: ['sleep', '600'] };
const SECRET = 'only for the pod under test';

if (!isEngineHere) process.stderr.write('specs/hostile/engine/services skipped: the engine is reached by a network\n');
const describeHere = isEngineHere ? describeOnEngine : describe.skip;

function idle(name: string, services: Parameters<typeof runPod>[1] = {}): Promise<LivePod> {
  const spec = { containers: [{ name: 'web', ...IDLES }], terminationGracePeriodSeconds: 0 };
  return runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec }, services);
}

// The server listens only on 127.0.0.1, like a database on a developer machine.
describeHere('a service given as localhost:PORT', () => {
  let server: Server;
  let asked = 0;
  let port: number;
  let pod: LivePod;
  let database: StartedTestContainer;
  /** The address at which the pod reaches the service. */
  let address: string;
  const containers: StartedTestContainer[] = [];

  beforeAll(async () => {
    process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
    server = createServer((_, response) => {
      asked += 1;
      response.end(SECRET);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    database = await new GenericContainer('busybox:1.36').withCommand(['sleep', '600']).start();
    containers.push(database);
    pod = await idle('shop', { services: { api: `localhost:${port}`, db: database } });
    const { output } = await pod.container('web').exec(['sh', '-c', `grep -w api /etc/hosts; wget -qO- api:${port}`]);
    expect(output).toContain(SECRET);
    address = output.split(/\s/)[0] ?? '';
    asked = 0;
  });
  afterEach(() => {
    expect(asked).toBe(0);
  });
  afterAll(async () => {
    await Promise.all(containers.map((container) => container.stop()));
    removePods('file');
    server.close();
  });

  const get = (to: string) => ['timeout', '3', 'wget', '-qO-', `http://${to}:${port}`];
  async function from(container: StartedTestContainer, argv: string[]): Promise<string> {
    return (await container.exec(argv)).output;
  }

  test('is unreachable for a container on the default bridge', async () => {
    const other = await new GenericContainer('busybox:1.36').withCommand(['sleep', '600']).start();
    containers.push(other);
    expect(await from(other, get(address))).not.toContain(SECRET);
  });

  test('is unreachable for a container on its own network', async () => {
    await using network = await new Network().start();
    const other = await new GenericContainer('busybox:1.36').withCommand(['sleep', '600']).withNetwork(network).start();
    expect(await from(other, get(address))).not.toContain(SECRET);
    await other.stop();
  });

  test('is unreachable for another service on the network of the pod', async () => {
    expect(await from(database, get(address))).not.toContain(SECRET);
  });

  test('is unreachable for another service by the address of its gateway', async () => {
    const script = `for ip in $(ip route | grep -o 'via [0-9.]*' | cut -c5-); do wget -T 2 -qO- http://$ip:${port}; done`;
    expect(await from(database, ['sh', '-c', script])).not.toContain(SECRET);
  });

  test('is unreachable for another pod of the test that has another service', async () => {
    const other = await idle('other', { services: { db: database } });
    const { output } = await other.container('web').exec(get(address), { reject: false });
    expect(output).not.toContain(SECRET);
    await other.remove();
  });

  test('is unreachable for another pod of the test that has no service', async () => {
    const other = await idle('other');
    const { output } = await other.container('web').exec(get(address), { reject: false });
    expect(output).not.toContain(SECRET);
    await other.remove();
  });

  test('is unreachable from another address of this machine', async () => {
    const client = connect({ host: address, port });
    client.on('error', () => {});
    client.write('GET / HTTP/1.0\r\n\r\n');
    let answer = '';
    client.on('data', (chunk) => {
      answer += String(chunk);
    });
    await new Promise((resolve) => client.once('close', resolve));
    expect(answer).toBe('');
  });
});
