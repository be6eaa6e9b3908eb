import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dialInside } from '../../src/runtime/docker/dialInside';
import type { Run } from '../../src/runtime/docker/run';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { processesIn } from './processesIn';
import { beginSpecRun } from './specRun';

const ECHO = ['node', '-e', "require('node:net').createServer((socket) => socket.pipe(socket)).listen(8080)"];

describeOnEngine('a connection from inside the network of a pod', () => {
  let run: Run;
  let end: () => Promise<void>;
  let pod: EnginePod;
  let sandbox: string;
  let podIP: string;

  const dial = (port: number) => dialInside(run.engine.docker, sandbox, podIP, port);

  const programsOf = async (id: string) => (await processesIn(run, id)).map(({ args }) => args);

  beforeAll(async () => {
    ({ run, end } = await beginSpecRun());
    pod = new EnginePod(run, '1');
    await pod.start({ image: 'node:24-slim', command: ECHO });
    ({ id: sandbox, podIP } = await pod.next('SandboxStarted'));
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

  test('carries what is sent either way, a megabyte at a time', async () => {
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

  test('does not come about where nobody listens, and says so as a socket does', async () => {
    const { connected } = await dial(9);
    await expect(connected).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      syscall: 'connect',
      address: podIP,
      port: 9,
    });
  });

  test('leaves nothing behind in the sandbox once it is given up', async () => {
    const { socket, connected } = await dial(8080);
    await connected;
    expect(await programsOf(sandbox)).toContainEqual(expect.stringMatching(/^\/dial /));
    socket.destroy();
    let programs = await programsOf(sandbox);
    while (programs.length > 1) programs = await programsOf(sandbox);
    expect(programs).toEqual(['/pause']);
  });

  test('is refused by an engine that has no such sandbox', async () => {
    const dialled = dialInside(run.engine.docker, 'nosuch', podIP, 8080);
    await expect(dialled).rejects.toThrow('No such container: nosuch');
  });
});
