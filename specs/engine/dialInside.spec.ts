import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { InsideDialer } from '../../src/runtime/docker/inside/insideDialer';
import { withEngineHost } from '../../src/runtime/docker/processes/engineHost';
import type { Run } from '../../src/runtime/docker/run';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { processesIn } from './processesIn';
import { beginSpecRun } from './specRun';

const ECHO = ['node', '-e', "require('node:net').createServer((socket) => socket.pipe(socket)).listen(8080)"];

describeOnEngine('InsideDialer', () => {
  let run: Run;
  let end: () => Promise<void>;
  let pod: EnginePod;
  let sandbox: string;
  let podIP: string;
  let dialer: InsideDialer;

  const dial = (port: number) => dialer.connect(podIP, port);

  const programsOf = async (id: string) => (await processesIn(run, id)).map(({ args }) => args);

  beforeAll(async () => {
    // The pod itself dials nothing from inside: what runs in its sandbox is the work of this spec.
    process.env.JEST_KUBELET_DIAL = 'direct';
    ({ run, end } = await beginSpecRun());
    delete process.env.JEST_KUBELET_DIAL;
    pod = new EnginePod(run, '1');
    await pod.start({ image: 'node:24-slim', command: ECHO });
    ({ id: sandbox, podIP } = await pod.next('SandboxStarted'));
    dialer = new InsideDialer(run.engine.docker, sandbox);
    // Until it listens.
    while (!(await isOpen())) await sleep(50);
  });
  afterAll(() => end());

  async function isOpen(): Promise<boolean> {
    const { socket, connected } = await dial(8080);
    return connected
      .then(
        () => true,
        () => false,
      )
      .finally(() => socket.destroy());
  }

  test('transfers a megabyte in both directions', async () => {
    const { socket, connected } = await dial(8080);
    await connected;
    const sent = Buffer.alloc(1_000_000, 'to and fro ');
    socket.write(sent);
    let received = Buffer.alloc(0);
    for await (const chunk of socket) {
      received = Buffer.concat([received, chunk]);
      if (received.length >= sent.length) break;
    }
    expect(received.equals(sent)).toBe(true);
  });

  test('rejects with ECONNREFUSED if no process listens at the port', async () => {
    const { connected } = await dial(9);
    await expect(connected).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      syscall: 'connect',
      address: podIP,
      port: 9,
    });
  });

  test('uses one process in the sandbox for all connections', async () => {
    const connections = await Promise.all([1, 2, 3].map(() => dial(8080)));
    await Promise.all(connections.map(({ connected }) => connected));
    expect(await programsOf(sandbox)).toEqual(['/pause', '/dial']);
    for (const { socket } of connections) socket.destroy();
  });

  test('starts another process in the sandbox after the first was killed', async () => {
    const { socket, connected } = await dial(8080);
    await connected;
    const failed = once(socket, 'error');
    const [, program] = await processesIn(run, sandbox);
    await withEngineHost(run, sandbox, (host) => host.signal([program?.pid ?? 0], 'SIGKILL'));
    expect(await failed).toMatchObject([{ message: 'pod sandbox: exited while it carried connections from inside' }]);
    expect(await isOpen()).toBe(true);
  });

  test('rejects an unknown sandbox with the error of the engine', async () => {
    const dialled = new InsideDialer(run.engine.docker, 'nosuch').connect(podIP, 8080);
    await expect(dialled).rejects.toThrow('No such container: nosuch');
  });
});
