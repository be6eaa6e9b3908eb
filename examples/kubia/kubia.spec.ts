import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { kubectl, type LivePod, type PodRun, runPod, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { expectSameOrderInSimulation } from '../../specs/fidelity/replay/sameOrder';

const MANIFEST = `${__dirname}/pod.yaml`;
const IMAGES = { kubia: 'jest-kubelet-example/kubia-service', proxy: 'jest-kubelet-example/kubia-proxy' };

test('the liveness probe restarts the proxy, and not the server beside it', async () => {
  const pod = await runPod(MANIFEST, { images: IMAGES });
  await expect(pod).toBecomeReady();
  const admin = await adminOf(pod);
  expect(await admin('GET', '/ready')).toBe(200);
  expect(await overTLS(pod, '/carts')).toContain('Hey there, this is kubia. You asked for /carts.');

  expect(await admin('GET', '/healthcheck/fail')).toBe(405);
  expect(await admin('POST', '/healthcheck/fail')).toBe(200);
  expect(await admin('GET', '/ready')).toBe(503);
  await expect(pod).toRestart({ container: 'proxy', because: 'liveness' });

  expect(pod.timeline.of('Unhealthy').map(({ container, message }) => [container, message])).toEqual(
    Array(3).fill(['proxy', 'Liveness probe failed: HTTP probe failed with statuscode: 503']),
  );
  await expect(pod).toExitWith(0, { container: 'proxy' });
  expect(pod).toHaveRestartCount(0, { container: 'kubia' });
  await expectSameOrderInSimulation(pod);
});

test('the proxy restarts immediately after it exits, and 10s after the second exit', async () => {
  const pod = await runPod(MANIFEST, { images: IMAGES });
  await expect(pod).toBecomeReady();
  const admin = await adminOf(pod);

  expect(await admin('POST', '/quitquitquit')).toBe(200);
  await expect(pod).toRestart({ container: 'proxy' });
  expect(await admin('POST', '/quitquitquit')).toBe(200);
  await expect(pod).toRestart({ container: 'proxy' });
  await expect(pod).toBecomeReady();

  expect(statusesOf(pod)).toEqual([
    'Pending',
    'ContainerCreating',
    'Running',
    'NotReady',
    'Running',
    'NotReady',
    'CrashLoopBackOff',
    'Running',
  ]);
  expect(pod).toHaveBackOffs(['10s'], { container: 'proxy' });
  const [first, second] = downOf(pod, 'proxy');
  expect(first).toBeLessThan(10_000);
  expect(second).toBeGreaterThanOrEqual(10_000);
  // The server ran on, so the wait was a real one.
  expect(pod).toHaveRestartCount(0, { container: 'kubia' });
  expect(pod.timeline.of('TimeSkipped')).toEqual([]);
  await expectSameOrderInSimulation(pod);
});

const WHOLE_CURVE = ['10s', '20s', '40s', '80s', '160s', '300s', '300s'] as const;

test('the proxy waits up to 300s in back-off if it exits again and again', async () => {
  const pod = simulatePod(MANIFEST, {
    kubia: [{ at: '0s', http: { 8080: { '/': 200 } } }],
    proxy: [{ at: '1s', exit: 0 }],
  });

  await expect(pod).toRestart({ container: 'proxy', times: 8, within: '1h' });

  expect(pod).toHaveBackOffs(WHOLE_CURVE, { container: 'proxy' });
  const seconds = downOf(pod, 'proxy').map((ms) => ms / 1000);
  expect(seconds).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
});

test('a pod with one container waits as long, without real time', async () => {
  const pod = await runPod({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'quits' },
    spec: { containers: [{ name: 'proxy', image: 'busybox:1.36', command: ['true'] }] },
  });

  await expect(pod).toRestart({ times: 8, within: '1h' });

  expect(pod).toHaveBackOffs(WHOLE_CURVE);
  const skippedMs = pod.timeline.of('TimeSkipped').reduce((sum, { byMs }) => sum + byMs, 0);
  expect(skippedMs).toBeGreaterThan(900_000); // of 910s
});

/**
 * Calls the admin port of the proxy when it listens, and returns the status of the response. The action is recorded, so
 * that matchers count its effects from this moment.
 */
async function adminOf(pod: LivePod) {
  const url = await pod.container('proxy').url('admin');
  const ask = async (method: 'GET' | 'POST', path: string): Promise<number> => {
    if (method === 'POST') await pod.note(`${method} ${path}`);
    try {
      return (await fetch(url + path, { method })).status;
    } catch {
      await setTimeout(20);
      return ask(method, path);
    }
  };
  return ask;
}

/** Returns the response of the server through the proxy, whose certificate is self-signed. */
async function overTLS(pod: LivePod, path: string): Promise<string> {
  const url = new URL(path, await pod.container('proxy').url('https'));
  return new Promise((resolve, reject) => {
    request(url, { rejectUnauthorized: false }, (response) => resolve(text(response)))
      .on('error', reject)
      .end();
  });
}

/** Returns the STATUS column of `kubectl get pod -w`, without repetitions. */
function statusesOf({ timeline, pod }: PodRun): string[] {
  const rows = kubectl.getPodWatch(timeline, pod).slice(1);
  const statuses = rows.map((row) => row.split(/\s+/)[2] ?? '');
  return statuses.filter((status, index) => status !== statuses[index - 1]);
}

/** Returns how long a container was down each time, from its exit to its next start, in milliseconds. */
function downOf({ timeline }: PodRun, name: string): number[] {
  const starts = timeline.of('ContainerStarted').filter(({ container }) => container === name);
  const exits = timeline.of('ContainerExited').filter(({ container }) => container === name);
  return starts.slice(1).map((start, index) => start.at - (exits[index]?.at ?? 0));
}
