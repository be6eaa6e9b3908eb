import { afterAll, afterEach, expect, jest, test } from '@jest/globals';
import { podRunOf } from '../../matchers/kernel/call/received';
import 'jest-kubelet/jest-globals';
import { NEVER } from '../../src/clock/instant';
import type { LivePod } from '../../src/pod/live/livePod';
import { type RunPodOptions, runPod } from '../../src/pod/live/runPod';
import { registry, removePods } from '../../src/pod/shared/registry';
import type { EventKind } from '../../src/timeline/event';
import { describeOnEngine } from './onEngine';

const SERVES = ['sh', '-c', 'echo hi > /tmp/index.html; exec httpd -f -p 8080 -h /tmp'];

function run(container: object, spec: object = {}, options: RunPodOptions = {}): Promise<LivePod> {
  const web = { name: 'web', image: 'busybox:1.36', ...container };
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers: [web], ...spec } };
  return runPod(manifest, options);
}

/** Waits until the timeline has `count` events of a kind. */
async function until(pod: LivePod, kind: EventKind, count = 1) {
  while (pod.timeline.of(kind).length < count) {
    if (pod.broken) throw pod.broken;
    await podRunOf(pod).progress(NEVER);
  }
  return pod.timeline.of(kind);
}

const isReady = ({ status }: LivePod) =>
  status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');

describeOnEngine('runPod', () => {
  afterEach(() => {
    for (const pod of registry().pods) pod.remove();
  });
  // It ends the agent too.
  afterAll(() => removePods('file'));

  test('returns a pod that becomes Ready, with a URL for its port', async () => {
    const ports = [{ containerPort: 8080, name: 'http' }];
    const readinessProbe = { httpGet: { path: '/index.html', port: 'http' }, periodSeconds: 1 };
    const pod = await run({ command: SERVES, ports, readinessProbe });
    while (!isReady(pod)) await podRunOf(pod).progress(NEVER);
    const url = await pod.container('web').url('http');
    expect(await (await fetch(url)).text()).toBe('hi\n');
    await expect(pod.container('web').url(81)).rejects.toThrow(
      'container web: unknown port 81. Valid ports: 8080 (http)',
    );
  });

  test('restarts a container without real time for the back-off', async () => {
    const pod = await run({ command: ['sh', '-c', 'echo $HOSTNAME; exit 1'] });
    await until(pod, 'ContainerStarted', 6);
    expect(pod.timeline.now).toBeGreaterThan(150_000);
    expect(pod.status).toMatchObject({ phase: 'Running', containerStatuses: [{ name: 'web' }] });
    expect(await pod.container('web').logs({ previous: true })).toBe('shop\n');
  });

  test('fails a tcpSocket probe of a published port if no process listens', async () => {
    const ports = [{ containerPort: 8080 }];
    const livenessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 1 };
    const pod = await run({ command: ['sleep', '600'], ports, livenessProbe });
    const [failure] = await until(pod, 'ProbeFinished');
    expect(failure).toMatchObject({ result: 'Failure', output: expect.stringContaining('connection refused') });
  });

  test('waits in ImagePullBackOff for an image that does not exist, with the reason', async () => {
    const pod = await run({ image: 'localhost:1/nosuch:1' });
    await until(pod, 'BackOff');
    const waiting = { reason: 'ImagePullBackOff', message: expect.stringContaining('connection refused') };
    while (!pod.status.containerStatuses[0]?.state.waiting?.reason?.startsWith('ImagePull'))
      await podRunOf(pod).progress(NEVER);
    expect(pod.status).toMatchObject({ phase: 'Pending', containerStatuses: [{ state: { waiting } }] });
  });

  test('reports StartError for a command that the image lacks', async () => {
    const pod = await run({ command: ['nosuch'] }, { restartPolicy: 'Never' });
    const [exit] = await until(pod, 'ContainerExited');
    expect(exit).toMatchObject({ exitCode: 128, reason: 'StartError' });
    expect(pod.events.map(({ message }) => message)).toContainEqual(expect.stringContaining('exec: "nosuch"'));
  });

  test('runs exec after the start of the container, and records it before its effects', async () => {
    const pod = await run({ command: ['sleep', '600'] });
    const web = pod.container('web');
    expect(await web.exec(['hostname'])).toEqual({ exitCode: 0, output: 'shop\n' });
    await expect(web.exec(['ls', '/nosuch'])).rejects.toThrow('container web: ls /nosuch exited with 1: ls: /nosuch');
    expect(await web.exec(['false'], { reject: false })).toEqual({ exitCode: 1, output: '' });
    await expect(web.exec(['nosuch'])).rejects.toMatchObject({
      name: 'RuntimeError',
      stack: expect.stringMatching(/^RuntimeError: container web: .*nosuch[\s\S]*specs\/engine\/livePod\.spec\.ts:\d+/),
    });
    await expect(web.exec('hostname' as unknown as string[])).rejects.toThrow("Pass [ 'hostname' ]");

    await web.kill();
    await until(pod, 'ContainerStarted', 2);
    const kinds = pod.timeline.events.map(({ kind }) => kind);
    expect(kinds.indexOf('ContainerExited')).toBe(kinds.lastIndexOf('TestActed') + 1);
  });

  test('returns a pod that becomes Ready only with the next instance after SIGKILL', async () => {
    const readinessProbe = { httpGet: { path: '/index.html', port: 8080 }, periodSeconds: 1 };
    const pod = await run({ command: SERVES, readinessProbe });
    await expect(pod).toBecomeReady();
    await pod.container('web').kill('SIGKILL');
    expect(pod.timeline.of('ContainerExited')).toHaveLength(1);
    await expect(pod).toBecomeReady();
    expect(pod.status.containerStatuses[0]).toMatchObject({ restartCount: 1, ready: true });
  });

  test('rejects exec in a container that will never run again', async () => {
    const pod = await run({ command: ['true'] }, { restartPolicy: 'Never' });
    while (!pod.ended) await podRunOf(pod).progress(NEVER);
    await expect(pod.container('web').exec(['true'])).rejects.toThrow(
      "container web: is not running, and the pod's phase is Succeeded. Read the pod's events to find out why",
    );
    await pod.delete();
    expect(pod.timeline.of('PodRemoved')).toHaveLength(1);
  });

  test('deletes with the grace period, and keeps the timeline readable', async () => {
    const pod = await run({ command: ['sh', '-c', 'echo up; exec sleep 600'] }, { terminationGracePeriodSeconds: 2 });
    await until(pod, 'ContainerStarted');
    expect(await pod.delete()).toBe(pod);
    expect(pod.ended).toBe(true);
    expect(pod.timeline.of('SignalSent').map(({ signal }) => signal)).toEqual(['SIGTERM', 'SIGKILL']);
    expect(await pod.container('web').logs()).toBe('up\n');
  });

  test('removes the pod immediately at the end of an await using block', async () => {
    let kept: LivePod;
    {
      await using pod = await run({ command: ['sleep', '600'] });
      await until(pod, 'ContainerStarted');
      kept = pod;
    }
    expect(kept.ended).toBe(true);
    expect(kept.timeline.of('SignalSent')).toEqual([]);
  });

  test('continues while the test uses fake timers', async () => {
    jest.useFakeTimers();
    try {
      const pod = await run({ command: ['sh', '-c', 'sleep 0.1; exit 1'] });
      await until(pod, 'ContainerStarted', 3);
      expect(pod.timeline.now).toBeGreaterThan(10_000);
      await pod.remove();
    } finally {
      jest.useRealTimers();
    }
  });

  test('lists the containers of the pod if the name is unknown', async () => {
    const pod = await run({ command: ['sleep', '600'] });
    expect(() => pod.container('wbe')).toThrow('pod shop: unknown container "wbe". Valid containers: web');
  });
});
