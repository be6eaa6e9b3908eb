import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { type LivePod, type RunPodOptions, runPod } from 'jest-kubelet';
import { removePods } from '../../src/pod/shared/registry';
import { findEngine } from '../../src/runtime/docker/engine/engine';
import { ask } from './ask';
import { describeOnEngine } from './onEngine';
import { copyImage, explainMissingOwnEngine, OwnEngine } from './ownEngine';

const IMAGE = 'busybox:1.36';

const missing = explainMissingOwnEngine();
if (missing !== undefined) process.stderr.write(`specs/engine/remoteEngine skipped: ${missing}\n`);
const describeOnOwnEngine = missing === undefined ? describeOnEngine : describe.skip;

const SERVES = 'echo hi > /data/index.html; exec httpd -f -p 8080 -h /data';

describeOnOwnEngine('a pod on an engine of another machine', () => {
  let engine: OwnEngine;

  beforeAll(async () => {
    engine = await OwnEngine.start({ isElsewhere: true });
    await copyImage((await findEngine()).docker, IMAGE, engine);
    process.env.DOCKER_HOST = engine.host;
  });
  afterAll(async () => {
    delete process.env.DOCKER_HOST;
    removePods('file');
    await engine[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    removePods('file');
    // They include the helper containers.
    await engine.empties();
  });

  function podWith(web: object, spec: object = {}, options: RunPodOptions = {}): Promise<LivePod> {
    const volumeMounts = [{ name: 'data', mountPath: '/data' }];
    const container = { name: 'web', image: IMAGE, command: ['sh', '-c', SERVES], volumeMounts, ...web };
    const volumes = [{ name: 'data', emptyDir: {} }];
    const manifest = { containers: [container], volumes, terminationGracePeriodSeconds: 1, ...spec };
    return runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'far' }, spec: manifest }, options);
  }

  test('runs its probes inside its own network, also on a closed port', async () => {
    const readinessProbe = { httpGet: { path: '/index.html', port: 8080 }, periodSeconds: 1 };
    const pod = await podWith({ readinessProbe, livenessProbe: { tcpSocket: { port: 9 }, periodSeconds: 1 } });
    await expect(pod).toBecomeReady();
    await expect(pod).toRestart({ because: 'liveness' });
    const refused = pod.timeline.of('ProbeFinished').findLast(({ probe }) => probe === 'liveness');
    expect(refused?.output).toBe(`dial tcp ${pod.status.podIP}:9: connect: connection refused`);
  });

  test('responds at the port that the other machine publishes', async () => {
    const readinessProbe = { httpGet: { path: '/index.html', port: 8080 }, periodSeconds: 1 };
    const pod = await podWith({ ports: [{ containerPort: 8080 }], readinessProbe });
    await expect(pod).toBecomeReady();
    const url = await pod.container('web').url(8080);
    expect(new URL(url).hostname).toBe(new URL(engine.host).hostname);
    expect(await (await fetch(`${url}/index.html`)).text()).toBe('hi\n');
  });

  test('keeps its volumes after a restart', async () => {
    const configMaps = { settings: { mode: 'far' } };
    const volumes = [
      { name: 'data', emptyDir: { medium: 'Memory' } },
      { name: 'settings', configMap: { name: 'settings' } },
    ];
    const volumeMounts = [
      { name: 'data', mountPath: '/data' },
      { name: 'settings', mountPath: '/settings' },
    ];
    const pod = await podWith({ command: ['sleep', '600'], volumeMounts }, { volumes }, { configMaps });
    await pod.container('web').exec(['sh', '-c', 'echo kept > /data/file']);
    await pod.container('web').kill();
    await expect(pod).toRestart();
    const { output } = await pod.container('web').exec(['cat', '/data/file', '/settings/mode']);
    expect(output).toBe('kept\nfar');
  });

  test('kills only the probe command that exceeds its timeout', async () => {
    const readinessProbe = { exec: { command: ['sleep', '543'] }, periodSeconds: 60, failureThreshold: 1 };
    const pod = await podWith({ readinessProbe });
    await expect(pod).toEmitEvent({ reason: 'Unhealthy' });
    expect(pod.timeline.of('ProbeFinished')[0]?.output).toBe('command timed out: "sleep 543" timed out after 1s');
    const id = pod.status.containerStatuses[0]?.containerID;
    const programs = async () => {
      const { Processes } = JSON.parse(await ask(engine.socket, `/containers/${id}/top?ps_args=-o%20pid,args`));
      return (Processes as string[][]).map(([, args]) => args);
    };
    while ((await programs()).length > 1) await sleep(50);
    expect(await programs()).toEqual(['httpd -f -p 8080 -h /data']);
  });

  test('freezes and thaws by a helper container on the engine', async () => {
    const httpGet = { path: '/index.html', port: 8080 };
    const readinessProbe = { httpGet, periodSeconds: 1, failureThreshold: 1 };
    const pod = await podWith({ readinessProbe });
    await expect(pod).toBecomeReady();
    await pod.container('web').freeze();
    await expect(pod).toBecomeUnready();
    await pod.container('web').thaw();
    await expect(pod).toBecomeReady();
  });
});
