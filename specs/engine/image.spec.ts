import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Run } from '../../src/runtime/docker/run';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { beginSpecRun } from './specRun';

/** No registry listens there. */
const SILENT = 'localhost:1/jest-kubelet-spec:1';
const PARTICULAR = 'jest-kubelet-spec/particular:1';

describeOnEngine('an image on a container engine', () => {
  let run: Run;
  let end: () => Promise<void>;
  let pod: EnginePod;
  let pods = 0;

  beforeAll(async () => {
    ({ run, end } = await beginSpecRun());
    await run.engine.docker.getImage('busybox:1.36').tag({ repo: 'localhost:1/jest-kubelet-spec', tag: '1' });
  });
  afterAll(async () => {
    await run.engine.docker.getImage(SILENT).remove();
    await end();
  });
  beforeEach(() => {
    pods += 1;
    pod = new EnginePod(run, String(pods));
  });
  afterEach(() => pod.runtime.remove());

  const pull = (image: string) => pod.do({ kind: 'PullImage', container: 'web', image }, 'ImagePulled');

  test('is used from the engine if its registry does not respond, with the reason', async () => {
    expect((await pull(SILENT)).notPulled).toMatch(/dial tcp .*:1: connect: connection refused/);
  });

  test('is used from the engine if its registry closes the connection', async () => {
    const rude = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await new Promise((resolve) => rude.once('listening', resolve));
    const address = rude.address();
    const repo = `localhost:${typeof address === 'object' && address?.port}/jest-kubelet-spec`;
    const docker = run.engine.docker;
    await docker.getImage('busybox:1.36').tag({ repo, tag: '1' });
    try {
      expect((await pull(`${repo}:1`)).notPulled).toMatch(/EOF|connection reset/);
    } finally {
      await docker.getImage(`${repo}:1`).remove();
      rude.close();
    }
  });

  test('needs no registry if the test names it as a given image', async () => {
    pod = new EnginePod(run, 'given', [SILENT]);
    expect(await pull(SILENT)).not.toHaveProperty('notPulled');
  });

  test('sets the stop signal and the user of its containers', async () => {
    const { docker } = run.engine;
    const id = await pod.start({
      securityContext: { runAsUser: 1000 },
      lifecycle: { stopSignal: '10' },
      command: ['true'],
    });
    await docker.getContainer(id).commit({ repo: 'jest-kubelet-spec/particular', tag: '1' });
    try {
      const command = ['sh', '-c', 'trap "exit 4" USR1; id -u; touch /tmp/up; while true; do sleep 0.01; done'];
      const created = await pod.create({ image: PARTICULAR, command, securityContext: { runAsNonRoot: true } });
      expect(created.stopSignal).toBe('SIGUSR1');
      await pod.do({ kind: 'StartContainer', id: created.id }, 'ContainerStarted');
      await pod.runtime.execInContainer(created.id, ['sh', '-c', 'until test -e /tmp/up; do sleep 0.01; done']);
      expect(
        await pod.do({ kind: 'SignalContainer', id: created.id, signal: 'stop' }, 'ContainerExited'),
      ).toMatchObject({
        exitCode: 4,
      });
      expect(await pod.runtime.logs('web')).toBe('1000\n');
      await pod.runtime.remove();
    } finally {
      await docker.getImage(PARTICULAR).remove();
    }
  });
});
