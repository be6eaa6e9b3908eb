import { afterAll, afterEach, expect, test } from '@jest/globals';
import { podRunOf } from '../../matchers/kernel/call/received';
import { NEVER } from '../../src/clock/instant';
import type { LivePod } from '../../src/pod/live/livePod';
import { type RunPodOptions, runPod } from '../../src/pod/live/runPod';
import { registry, removePods } from '../../src/pod/shared/registry';
import { isReady } from '../../src/timeline/condition';
import type { Event, EventKind, EventOf } from '../../src/timeline/event';
import { describeOnEngine } from './onEngine';

/** A server that forks processes all the time. */
const FORKS = [
  'sh',
  '-c',
  'echo hi > /tmp/index.html; httpd -p 8080 -h /tmp; while true; do (sleep 0.01 &) ; cat /proc/uptime > /tmp/now; done',
];
const SERVES = ['sh', '-c', 'echo hi > /tmp/index.html; exec httpd -f -p 8080 -h /tmp'];
const READY = { httpGet: { path: '/index.html', port: 8080 }, periodSeconds: 1, failureThreshold: 1 };

function run(container: object, spec: object = {}, options: RunPodOptions = {}): Promise<LivePod> {
  const web = { name: 'web', image: 'busybox:1.36', command: SERVES, ...container };
  const pod = { containers: [web], terminationGracePeriodSeconds: 2, ...spec };
  return runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: pod }, options);
}

/** Waits until `look` finds something in the timeline. */
async function until<T>(pod: LivePod, look: () => T | undefined | false): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (pod.broken) throw pod.broken;
    await podRunOf(pod).progress(NEVER);
  }
}

const becomes = (pod: LivePod, ready: boolean) => until(pod, () => isReady(pod.timeline.status) === ready);

/** Waits for the next event of a kind that matches. */
function next<K extends EventKind>(pod: LivePod, kind: K, meant: (event: EventOf<K>) => boolean = () => true) {
  const from = pod.timeline.events.length;
  return until(pod, () => since(pod, from, kind).find(meant));
}

function since<K extends EventKind>(pod: LivePod, from: number, kind: K): readonly EventOf<K>[] {
  const news: readonly Event[] = pod.timeline.events.slice(from);
  return pod.timeline.of(kind).filter((event) => news.includes(event));
}

describeOnEngine('faults on a real pod', () => {
  afterEach(() => {
    for (const pod of registry().pods) pod.remove();
  });
  // It ends the agent too.
  afterAll(() => removePods('file'));

  test('freeze keeps TCP and exec, stops HTTP, and takes the whole grace period', async () => {
    const livenessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 1, failureThreshold: 1 };
    const startupProbe = { exec: { command: ['true'] }, periodSeconds: 1 };
    const pod = await run({ readinessProbe: READY, livenessProbe, startupProbe });
    await becomes(pod, true);
    const web = pod.container('web');
    await web.freeze();
    const unready = await next(pod, 'ProbeFinished', ({ result }) => result === 'Failure');
    expect(unready).toMatchObject({ probe: 'readiness', output: expect.stringContaining('Client.Timeout exceeded') });
    await becomes(pod, false);
    expect(await next(pod, 'ProbeFinished', ({ probe }) => probe === 'liveness')).toMatchObject({ result: 'Success' });
    expect(await web.exec(['echo', 'awake'])).toEqual({ exitCode: 0, output: 'awake\n' });
    await pod.delete();
    expect(pod.timeline.of('SignalSent').map(({ signal }) => signal)).toEqual(['SIGTERM', 'SIGKILL']);
    expect(pod.timeline.of('ContainerExited')).toMatchObject([{ exitCode: 137 }]);
    expect(pod.status.containerStatuses).toMatchObject([{ restartCount: 0 }]);
  });

  test('freeze stops processes that the container forks, and thaw continues them', async () => {
    const pod = await run({ command: FORKS, readinessProbe: READY });
    await becomes(pod, true);
    const web = pod.container('web');
    await web.freeze();
    const { output } = await web.exec(['sh', '-c', 'exec cat /proc/[0-9]*/stat']);
    const states = [...output.matchAll(/\((.*)\) (\w)/g)]
      .filter(([, name]) => name !== 'cat')
      .map(([, , state]) => state);
    // Stopped, or exited while its parent is stopped.
    expect(new Set(states)).toEqual(new Set(states.includes('Z') ? ['T', 'Z'] : ['T']));
    const { output: before } = await web.exec(['cat', '/tmp/now']);
    await becomes(pod, false);
    expect(await web.exec(['cat', '/tmp/now'])).toMatchObject({ output: before });
    await web.thaw();
    await becomes(pod, true);
    expect(pod.status.containerStatuses).toMatchObject([{ restartCount: 0 }]);
  });

  test('freeze stops orphans in a shared process namespace, and no other container', async () => {
    const other = { name: 'other', image: 'busybox:1.36', command: ['sleep', '600'] };
    const orphans = ['sh', '-c', '(sleep 500 &) ; exec sleep 400'];
    const web = { name: 'web', image: 'busybox:1.36', command: orphans };
    const pod = await run({}, { shareProcessNamespace: true, containers: [web, other] });
    await pod.container('web').exec(['true']);
    await pod.container('web').freeze();
    const { output } = await pod.container('other').exec(['ps', '-o', 'stat,args']);
    const stopped = output.split('\n').filter((line) => line.startsWith('T'));
    expect(stopped.map((line) => line.replace(/^T\S*\s+/, '')).toSorted()).toEqual(['sleep 400', 'sleep 500']);
  });

  test('freeze does not affect the next instance after a liveness restart', async () => {
    const pod = await run({ readinessProbe: READY, livenessProbe: { ...READY, failureThreshold: 2 } });
    await becomes(pod, true);
    await pod.container('web').freeze();
    await next(pod, 'Started');
    await becomes(pod, true);
    expect(pod.timeline.of('ContainerExited')).toMatchObject([{ exitCode: 137 }]);
    expect(pod.timeline.of('TestActed').map(({ action }) => action)).toEqual(['run', 'freeze']);
  });

  test('remove works immediately on a frozen container', async () => {
    const pod = await run({});
    await next(pod, 'Started');
    await pod.container('web').freeze();
    await pod.remove();
    await expect(pod.container('web').thaw()).rejects.toThrow('has been removed');
  });

  test('freeze fails for a container that does not run', async () => {
    const pod = await run({ command: ['true'] }, { restartPolicy: 'Never' });
    await next(pod, 'ContainerExited');
    await expect(pod.container('web').freeze()).rejects.toThrow(
      'container web: is not running. Only a running container can be frozen or thawed',
    );
  });

  test('limit restricts memory across restarts, and a container above it is OOMKilled', async () => {
    // An engine on cgroup v1 may miss what the kernel does to a container of which nothing is left a moment later.
    const grows = 'while [ ! -e /tmp/go ]; do sleep 0.05; done; tail /dev/zero; code=$?; sleep 0.5; exit $code';
    const pod = await run({ command: ['sh', '-c', grows] });
    const web = pod.container('web');
    await web.exec(['true']);
    await web.limit({ memory: '16Mi', cpu: '500m' });
    for (const _ of [1, 2]) {
      const exit = next(pod, 'ContainerExited');
      await web.exec(['touch', '/tmp/go']);
      expect(await exit).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
    }
    expect(pod.timeline.of('TestActed')).toContainEqual(
      expect.objectContaining({ action: 'limit', container: 'web', detail: 'cpu 500m, memory 16Mi' }),
    );
  });

  test('limit explains an invalid value', async () => {
    const pod = await run({});
    const web = pod.container('web');
    await expect(web.limit({})).rejects.toThrow(
      "limit: no limit given. Pass cpu, memory or both, for example { cpu: '100m' }",
    );
    await expect(web.limit({ memory: '64MB' })).rejects.toThrow(
      `limit: memory must be a quantity above 0 such as '100m' or '64Mi', received "64MB"`,
    );
    await web.exec(['true']);
    await expect(web.limit({ memory: '1Mi' })).rejects.toThrow(
      /container web: failed to set its limits: Minimum memory limit/,
    );
  });

  test('disconnect lets probes time out, and reconnect restores the same IP', async () => {
    const exec = { command: ['wget', '-qO-', 'http://localhost:8080/'] };
    const livenessProbe = { exec, periodSeconds: 1, timeoutSeconds: 10 };
    const pod = await run({ readinessProbe: READY, livenessProbe, ports: [{ containerPort: 8080 }] });
    await becomes(pod, true);
    const web = pod.container('web');
    const { podIP } = pod.status;
    const [, gateway] = /default via (\S+)/.exec((await web.exec(['ip', 'route'])).output) ?? [];
    // An error of a refused connection shows that the machine responds.
    const asks = ['timeout', '1', 'wget', '-qO-', `http://${gateway}:1/`];
    expect(await web.exec(asks, { reject: false })).toMatchObject({ exitCode: 1 });
    await pod.disconnect();
    const cut = await next(pod, 'ProbeFinished', ({ result, probe }) => probe === 'readiness' && result === 'Failure');
    expect(cut.output).toMatch(/Client.Timeout exceeded|no route to host/);
    await becomes(pod, false);
    // Nothing gets out either, and within the pod all is well.
    expect(await web.exec(asks, { reject: false })).toMatchObject({ exitCode: 143 });
    expect(await next(pod, 'ProbeFinished', ({ probe }) => probe === 'liveness')).toMatchObject({ result: 'Success' });
    await pod.disconnect();
    await pod.reconnect();
    await becomes(pod, true);
    expect(pod.status.podIP).toBe(podIP);
    expect(await web.exec(['hostname', '-i'])).toMatchObject({ output: `${podIP}\n` });
    expect(await web.exec(asks, { reject: false })).toMatchObject({ exitCode: 1 });
    await pod.reconnect();
    expect(await (await fetch(`${await web.url(8080)}/index.html`)).text()).toBe('hi\n');
    expect(pod.status.containerStatuses).toMatchObject([{ restartCount: 0 }]);
  });

  test('disconnect fails for a pod with hostNetwork', async () => {
    const pod = await run({ command: ['sleep', '600'] }, { hostNetwork: true }, { allow: ['hostNetwork'] });
    await expect(pod.disconnect()).rejects.toThrow(
      'pod sandbox: uses the network of the machine, so it cannot be disconnected',
    );
  });
});
