import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type LivePod, runPod } from 'jest-kubelet';
import { removePods } from '../../src/pod/shared/registry';
import type { Docker } from '../../src/runtime/docker/engine/docker';
import { findEngine } from '../../src/runtime/docker/engine/engine';
import 'jest-kubelet/jest-globals';
import { realLimit } from '../pace';
import { describeOnEngine } from './onEngine';

const CPU = '0';
/** The highest CPU share of a cgroup. The default of the others is 1024. */
const SHARES = 262_144;
const LOOPS = 4;

/** Uses a tenth of a second of CPU time for each response. Its probe allows a second. */
const SERVER = `
const { cpuUsage } = process;
require('node:http').createServer((_, response) => {
  for (const before = cpuUsage(); cpuUsage(before).user + cpuUsage(before).system < 100_000; );
  response.end();
}).listen(8080)`;

const MANIFEST = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'starved' },
  spec: {
    terminationGracePeriodSeconds: 1,
    containers: [
      {
        name: 'web',
        image: 'node:24-slim',
        command: ['node', '-e', SERVER],
        startupProbe: { httpGet: { port: 8080 }, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 60 },
        livenessProbe: { httpGet: { port: 8080 }, periodSeconds: 1, failureThreshold: 3 },
      },
    ],
  },
};

afterAll(() => removePods('file'));

/** With a twentieth of a CPU, Node needs seconds to start and two seconds for each response. */
const SLOW_START = { httpGet: { port: 8080 }, periodSeconds: 1, timeoutSeconds: 30, failureThreshold: 120 };

describeOnEngine('a pod that shares its only CPU with busy loops', () => {
  let docker: Docker;
  let pod: LivePod;
  const loops: string[] = [];

  beforeAll(async () => {
    ({ docker } = await findEngine());
  });
  afterEach(async () => {
    await Promise.all(loops.splice(0).map((id) => docker.getContainer(id).remove({ force: true })));
    await pod.remove();
  });

  async function starve(): Promise<void> {
    const id = pod.status.containerStatuses?.[0]?.containerID?.replace(/^.*\/\//, '') ?? '';
    await docker.getContainer(id).update({ CpusetCpus: CPU });
    const loop = await docker.createContainer({
      Image: 'busybox:1.36',
      Cmd: ['sh', '-c', `for i in $(seq ${LOOPS}); do while :; do :; done & done; wait`],
      HostConfig: { CpusetCpus: CPU, CpuShares: SHARES },
    });
    loops.push(loop.id);
    await loop.start();
  }

  test('has no result if the app gets no CPU, also with .not', async () => {
    pod = await runPod(MANIFEST);
    await expect(pod).toBecomeReady({ within: '60s' });
    await starve();
    await expect(expect(pod).toRestart({ within: '60s' })).rejects.toThrow(
      /machine overloaded: web had waited .* for a CPU when the liveness probe of web timed out/,
    );
    await expect(expect(pod).not.toRestart({ within: '1s' })).rejects.toThrow('machine overloaded');
    expect(pod.timeline.of('Killing')).toEqual([]);
  });

  test('restarts by its liveness probe if the app is frozen', async () => {
    pod = await runPod(MANIFEST);
    await expect(pod).toBecomeReady({ within: '60s' });
    await pod.container('web').freeze();
    await starve();
    await expect(pod).toRestart({ because: 'liveness', within: '2m' });
  });
});

describeOnEngine('a pod that is too slow because of its CPU limit', () => {
  test(
    'restarts by its liveness probe',
    async () => {
      const [web] = MANIFEST.spec.containers;
      const limited = { ...web, resources: { limits: { cpu: '50m' } }, startupProbe: SLOW_START };
      const pod = await runPod({ ...MANIFEST, spec: { ...MANIFEST.spec, containers: [limited] } });
      await expect(pod).toRestart({ because: 'liveness', within: '3m' });
      await pod.remove();
    },
    realLimit(240_000),
  );
});
