import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { removePods } from '../../src/pod/shared/registry';
import { findEngine } from '../../src/runtime/docker/engine/engine';
import { describeOnEngine } from './onEngine';
import { explainMissingOwnPodman, OwnPodman } from './ownPodman';

const IMAGE = 'busybox:1.36';

const missing = explainMissingOwnPodman();
if (missing !== undefined) process.stderr.write(`specs/engine/podman skipped: ${missing}\n`);
const describeOnPodman = missing === undefined ? describeOnEngine : describe.skip;

describeOnPodman('a pod on Podman', () => {
  let podman: OwnPodman | undefined;

  beforeAll(async () => {
    podman = await OwnPodman.start();
    const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-'));
    const archive = path.join(folder, 'image.tar');
    await pipeline(await (await findEngine()).docker.getImage(IMAGE).get(), createWriteStream(archive));
    podman.load(archive, IMAGE);
    rmSync(folder, { recursive: true });
    process.env.DOCKER_HOST = podman.host;
  });
  afterAll(async () => {
    delete process.env.DOCKER_HOST;
    removePods('file');
    await podman?.empties();
    await podman?.[Symbol.asyncDispose]();
  });

  test('runs probes, restarts and stops as on Docker', async () => {
    const serves = 'mkdir /tmp/www; hostname > /tmp/www/index.html; exec httpd -f -p 8080 -h /tmp/www';
    const web = {
      name: 'web',
      image: IMAGE,
      imagePullPolicy: 'IfNotPresent',
      command: ['sh', '-c', serves],
      ports: [{ containerPort: 8080, name: 'http' }],
      readinessProbe: { httpGet: { port: 'http', path: '/index.html' }, periodSeconds: 1 },
      livenessProbe: {
        exec: { command: ['test', '-f', '/tmp/www/index.html'] },
        periodSeconds: 1,
        failureThreshold: 1,
      },
    };
    const spec = { terminationGracePeriodSeconds: 2, containers: [web] };
    const pod = await runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec });
    await expect(pod).toBecomeReady();
    expect(await (await fetch(await pod.container('web').url('http'))).text()).toBe('shop\n');

    await pod.container('web').exec(['rm', '/tmp/www/index.html']);
    await expect(pod).toRestart({ because: 'liveness' });
    await expect(pod).toBecomeReady();
    await pod.container('web').kill();
    await expect(pod).toRestart({ because: 'exit' });
    await pod.delete();
    // The httpd of Busybox has no handler for SIGTERM, so it ignores SIGTERM as PID 1.
    expect(pod.timeline.of('ContainerExited').at(-1)).toMatchObject({ exitCode: 137 });
    expect(pod.broken).toBeUndefined();
  });

  test('has complete output, up to the last line', async () => {
    const writes = 'echo begun; seq 1 2000; echo oops >&2; printf "the end"; exit 3';
    const web = { name: 'web', image: IMAGE, imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', writes] };
    const spec = { restartPolicy: 'Never', containers: [web] };
    const pod = await runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec });
    await expect(pod).toExitWith(3);
    // A busy engine delivers the last lines after the exit.
    for (const last of ['the end', 'oops']) await expect(pod).toLog(last, { within: '1m' });
    const lines = pod.timeline.output.of('web');
    expect(lines.filter(({ stream }) => stream === 'stderr').map(({ text }) => text)).toEqual(['oops']);
    expect(lines.filter(({ stream }) => stream === 'stdout')).toHaveLength(2_002);
    expect(lines.map(({ text }) => text)).toContain('the end');
  });

  test('responds to clients', async () => {
    const serves = 'cd /tmp; echo hi > index.html; exec httpd -f -p 8080';
    const web = {
      name: 'web',
      image: IMAGE,
      imagePullPolicy: 'IfNotPresent',
      command: ['sh', '-c', serves],
      ports: [{ containerPort: 8080 }],
      readinessProbe: { httpGet: { port: 8080, path: '/index.html' }, periodSeconds: 1 },
    };
    const spec = { terminationGracePeriodSeconds: 2, containers: [web] };
    const pod = await runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec });
    await pod.requests('/index.html', { every: '50ms' });
    await expect(pod).toEnterEndpoints();
    await expect(pod).toDropNoRequests({ for: '300ms' });
  });

  test('distinguishes a probe that cannot run from one that fails', async () => {
    const readinessProbe = { exec: { command: ['nosuch'] }, periodSeconds: 1 };
    const web = {
      name: 'web',
      image: IMAGE,
      imagePullPolicy: 'IfNotPresent',
      command: ['sleep', '600'],
      readinessProbe,
    };
    const pod = await runPod({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'shop' },
      spec: { containers: [web] },
    });
    await expect(pod).toEmitEvent('Unhealthy', { within: '2m' });
    expect(pod.timeline.of('ProbeFinished').map(({ result }) => result)).toContain('Errored');
    expect(pod).not.toBeReady();
  });
});
