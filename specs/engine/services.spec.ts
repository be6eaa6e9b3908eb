import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { podRunOf } from '../../matchers/kernel/call/received';
import { NEVER } from '../../src/clock/instant';
import { readSource } from '../../src/manifest/source/source';
import type { LivePod } from '../../src/pod/live/livePod';
import { prepareRead, type RunPodOptions, runPod } from '../../src/pod/live/runPod';
import { registry, removePods } from '../../src/pod/shared/registry';
import { findEngine } from '../../src/runtime/docker/engine/engine';
import { isReady } from '../../src/timeline/condition';
import 'jest-kubelet/jest-globals';
import { realSecond } from '../pace';
import { describeOnEngine } from './onEngine';

const serves = (what: string) => ['sh', '-c', `mkdir /w; echo ${what} > /w/index.html; exec httpd -f -p 8080 -h /w`];
const READY = { httpGet: { path: '/', port: 8080 }, periodSeconds: 1, failureThreshold: 1 };
const IDLES = { command: ['sleep', '600'] };
/** Seconds within which a working server has responded. */
const ANSWERS_S = realSecond();
const ASKS_DATABASE = {
  exec: { command: ['timeout', String(ANSWERS_S), 'wget', '-qO-', 'http://postgres:8080/'] },
  ...{ periodSeconds: 1, failureThreshold: 1, timeoutSeconds: ANSWERS_S + 1 },
};

function run(name: string, container: object, options: RunPodOptions = {}): Promise<LivePod> {
  const containers = [{ name: 'web', image: 'busybox:1.36', ...container }];
  const spec = { containers, terminationGracePeriodSeconds: 0 };
  return runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec }, options);
}

/** Returns the response that the pod gets at a URL, or the error. */
async function get(pod: LivePod, url: string): Promise<string> {
  const argv = ['timeout', String(2 * ANSWERS_S), 'wget', '-qO-', url];
  const { exitCode, output } = await pod.container('web').exec(argv, { reject: false });
  return exitCode === 0 || exitCode === 1 ? output.trim() : 'no answer';
}

async function becomes(pod: LivePod, ready: boolean): Promise<void> {
  while (isReady(pod.timeline.status) !== ready) {
    if (pod.broken) throw pod.broken;
    await podRunOf(pod).progress(NEVER);
  }
}

async function serverAt(host: string | undefined, answer: string) {
  const server = createServer((_, response) => response.end(answer));
  server.listen(0, host);
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

describeOnEngine('the services of a pod', () => {
  let database: StartedTestContainer;
  beforeAll(async () => {
    process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
    database = await new GenericContainer('busybox:1.36').withCommand(serves('rows')).start();
  });
  afterEach(async () => {
    await Promise.all([...registry().pods].map((pod) => pod.remove()));
  });
  // It ends the agent too.
  afterAll(async () => {
    removePods('file');
    await database.stop();
  });

  test('resolve by name to a container, another pod, or a server of the test', async () => {
    const { server, port } = await serverAt(undefined, 'from the test');
    const local = await serverAt('127.0.0.1', 'from its loopback');
    try {
      const cache = await run('cache', { command: serves('cached') });
      const services = {
        postgres: database,
        'redis.cache.svc.cluster.local': cache,
        api: `localhost:${port}`,
        hidden: `127.0.0.1:${local.port}`,
      };
      const pod = await run('shop', IDLES, { services });
      expect(await get(pod, 'http://postgres:8080/')).toBe('rows');
      expect(await get(pod, 'http://redis.cache.svc.cluster.local:8080/')).toBe('cached');
      expect(await get(pod, `http://api:${port}/`)).toBe('from the test');
      expect(await get(pod, `http://hidden:${local.port}/`)).toBe('from its loopback');
      expect(await pod.container('web').exec(['hostname', '-i'])).toMatchObject({ output: `${pod.status.podIP}\n` });
      const names = (await pod.container('web').exec(['cat', '/etc/hosts'])).output;
      expect(names).toContain(`${cache.status.podIP}\tredis.cache.svc.cluster.local`);
    } finally {
      server.close();
      local.server.close();
    }
  });

  test('freeze, so the pod becomes unready without a restart, and Ready after thaw', async () => {
    const pod = await run('shop', { ...IDLES, readinessProbe: ASKS_DATABASE }, { services: { postgres: database } });
    await becomes(pod, true);
    await pod.service('postgres').freeze();
    // The connection succeeds, but no response follows.
    const connects = await pod
      .container('web')
      .exec(['timeout', String(ANSWERS_S), 'nc', '-w', '999', 'postgres', '8080'], { reject: false });
    expect(connects).toEqual({ exitCode: 143, output: '' });
    await becomes(pod, false);
    await pod.service('postgres').thaw();
    await becomes(pod, true);
    expect(pod.status.containerStatuses).toMatchObject([{ restartCount: 0 }]);
    expect(pod.timeline.of('TestActed').filter(({ service }) => service)).toMatchObject([
      { action: 'freeze', service: 'postgres' },
      { action: 'thaw', service: 'postgres' },
    ]);
  });

  test('satisfy toSurviveOutageOf if the pod does not restart', async () => {
    const services = { postgres: database };
    const patient = await run('shop', { ...IDLES, readinessProbe: ASKS_DATABASE }, { services });
    await expect(patient).toBecomeReady();
    await expect(patient).toSurviveOutageOf('postgres', { for: `${2 * ANSWERS_S + 2}s` });
    expect(patient.timeline.of('Unhealthy').length).toBeGreaterThan(0);

    const rash = await run(
      'shop',
      { ...IDLES, livenessProbe: ASKS_DATABASE, readinessProbe: ASKS_DATABASE },
      { services },
    );
    await expect(rash).toBecomeReady();
    await expect(expect(rash).toSurviveOutageOf('postgres', { for: `${60 * ANSWERS_S}s` })).rejects.toThrow(
      'Received: restart 1 of web (its liveness probe failed)',
    );
    await expect(rash).toBecomeReady();
    expect(await get(patient, 'http://postgres:8080/')).toBe('rows');
  });

  test('keep their address after disconnect, reconnect and a restart', async () => {
    const pod = await run('shop', IDLES, { services: { postgres: database } });
    expect(await get(pod, 'http://postgres:8080/')).toBe('rows');
    await pod.service('postgres').disconnect();
    expect(await get(pod, 'http://postgres:8080/')).not.toBe('rows');
    await pod.service('postgres').reconnect();
    expect(await get(pod, 'http://postgres:8080/')).toBe('rows');
    await database.restart({ timeout: 0 });
    expect(await get(pod, 'http://postgres:8080/')).toBe('rows');
  });

  test('thaw and disconnect when the pod is removed, and their network goes with the run', async () => {
    const { docker } = await findEngine();
    const pod = await run('shop', IDLES, { services: { postgres: database } });
    await pod.service('postgres').freeze();
    await pod.remove();
    const { NetworkSettings } = await docker.getContainer(database.getId()).inspect();
    expect(Object.keys(NetworkSettings.Networks)).toHaveLength(1);
    const next = await run('shop', IDLES, { services: { postgres: database } });
    expect(await get(next, 'http://postgres:8080/')).toBe('rows');
  });

  test('freeze and disconnect if they are pods, and keep their IP', async () => {
    const cache = await run('cache', { command: serves('cached'), readinessProbe: READY });
    const pod = await run('shop', IDLES, { services: { cache } });
    await becomes(cache, true);
    await pod.service('cache').freeze();
    expect(await get(pod, 'http://cache:8080/')).toBe('no answer');
    await pod.service('cache').thaw();
    expect(await get(pod, 'http://cache:8080/')).toBe('cached');
    await pod.service('cache').disconnect();
    await becomes(cache, false);
    await pod.service('cache').reconnect();
    await becomes(cache, true);
    expect(await get(pod, 'http://cache:8080/')).toBe('cached');
    expect(cache.timeline.of('TestActed').map(({ action }) => action)).toEqual([
      'run',
      'freeze',
      'thaw',
      'disconnect',
      'reconnect',
    ]);
  });

  test('freeze and refuse connections if they listen on loopback only', async () => {
    const { server, port } = await serverAt('127.0.0.1', 'here');
    try {
      const pod = await run('shop', IDLES, { services: { api: `localhost:${port}` } });
      const api = pod.service('api');
      expect(await get(pod, `http://api:${port}/`)).toBe('here');
      await api.freeze();
      expect(await get(pod, `http://api:${port}/`)).toBe('no answer');
      await api.thaw();
      expect(await get(pod, `http://api:${port}/`)).toBe('here');
      await api.disconnect();
      expect(await get(pod, `http://api:${port}/`)).toContain('Connection refused');
      await api.reconnect();
      expect(await get(pod, `http://api:${port}/`)).toBe('here');
    } finally {
      server.close();
    }
  });

  test('reject freeze if the pod reaches them directly', async () => {
    const { server, port } = await serverAt(undefined, 'here');
    try {
      const pod = await run('shop', IDLES, { services: { api: `localhost:${port}` } });
      await expect(pod.service('api').freeze()).rejects.toThrow(
        `service api: localhost:${port}: cannot be frozen: the pod reaches it directly, and it is not a container or pod. ` +
          'Make it listen only on 127.0.0.1 before the pod runs',
      );
      expect(() => pod.service('apo')).toThrow('pod shop: unknown service "apo". Valid services: api');
    } finally {
      server.close();
    }
  });

  test('freeze and disconnect behind a proxy if the run prepares faults', async () => {
    const { server, port } = await serverAt(undefined, 'from the test');
    try {
      const manifest = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'shop' },
        spec: { containers: [{ name: 'web', image: 'busybox:1.36', ...IDLES }], terminationGracePeriodSeconds: 0 },
      };
      const prepared = await prepareRead(readSource(manifest), { services: { api: `localhost:${port}` } });
      const pod = await prepared.start({ scope: 'file', areServicesProxied: true });
      await becomes(pod, true);
      const url = `http://api:${port}/`;
      expect(await get(pod, url)).toBe('from the test');
      await pod.service('api').freeze();
      expect(await get(pod, url)).toBe('no answer');
      await pod.service('api').thaw();
      expect(await get(pod, url)).toBe('from the test');
      await pod.service('api').disconnect();
      expect(await get(pod, url)).not.toBe('from the test');
      await pod.service('api').reconnect();
      expect(await get(pod, url)).toBe('from the test');
    } finally {
      server.close();
    }
  });

  test('must exist when the pod starts', async () => {
    const gone = { getId: () => 'f'.repeat(64) };
    await expect(run('shop', IDLES, { services: { postgres: gone } })).rejects.toThrow(
      'service postgres: container ffffffffffff: is not on this engine. Pass a container that runs on it',
    );
    await expect(run('shop', IDLES, { services: { api: 'nowhere.invalid:80' } })).rejects.toThrow(
      'service api: nowhere.invalid: has no IPv4 address that this machine can resolve',
    );
  });

  test('prevent time skips while they start', async () => {
    const slow = await new GenericContainer('busybox:1.36')
      .withCommand(['sh', '-c', 'echo begins; sleep 600'])
      .withHealthCheck({ test: ['CMD-SHELL', 'test -e /tmp/up'], interval: 200, timeout: 1_000, startPeriod: 60_000 })
      .withWaitStrategy(Wait.forLogMessage('begins'))
      .start();
    try {
      const pod = await run('shop', { command: ['true'] }, { services: { slow } });
      const countSkips = () => pod.timeline.of('TimeSkipped').length;
      while (pod.timeline.of('BackOff').length === 0) await podRunOf(pod).progress(NEVER);
      expect(countSkips()).toBe(0);
      await slow.exec(['touch', '/tmp/up']);
      while (countSkips() === 0) await podRunOf(pod).progress(NEVER);
      expect(pod.timeline.now).toBeGreaterThan(10_000);
    } finally {
      await slow.stop();
    }
  });
});
