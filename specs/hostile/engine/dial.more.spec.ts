import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { podRunOf } from '../../../matchers/kernel/call/received';
import 'jest-kubelet/jest-globals';
import { type LivePod, runPod } from 'jest-kubelet';
import { NEVER } from '../../../src/clock/instant';
import { registry, removePods } from '../../../src/pod/shared/registry';
import { findEngine } from '../../../src/runtime/docker/engine/engine';
import { describeOnEngine } from '../../engine/onEngine';
import { copyImage, explainMissingOwnEngine, OwnEngine } from '../../engine/ownEngine';

const IMAGE = 'busybox:1.36';
const NAME = `jkdial${process.pid % 10_000}`;
const ANSWERS_404 =
  "require('node:http').createServer((_, r) => { r.statusCode = 404; r.end(); }).listen(8080, () => console.log('up'))";

const missing = explainMissingOwnEngine();
if (missing !== undefined) process.stderr.write(`specs/hostile/engine/dial skipped: ${missing}\n`);
const describeOnOwnEngine = missing === undefined ? describeOnEngine : describe.skip;

const MANIFEST = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop' },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: 'web',
        image: IMAGE,
        command: ['sh', '-c', 'mkdir /w; echo hi > /w/index.html; exec httpd -f -p 8080 -h /w'],
        ports: [{ containerPort: 8080 }],
        readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1, failureThreshold: 1 },
        livenessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1, failureThreshold: 1 },
      },
    ],
  },
};

const ip = (...args: string[]) =>
  execFileSync('ip', args, { env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` } });

// The other machine is a network namespace with the IP of the pod, and a server that returns 404.
describeOnOwnEngine.each(['', 'direct'])(
  'a pod whose IP also belongs to another machine, with JEST_KUBELET_DIAL=%s',
  (way) => {
    let engine: OwnEngine;
    let pod: LivePod;
    let server: ChildProcess | undefined;

    beforeAll(async () => {
      engine = await OwnEngine.start();
      await copyImage((await findEngine()).docker, IMAGE, engine);
      process.env.DOCKER_HOST = engine.host;
      process.env.JEST_KUBELET_DIAL = way;
    });
    afterEach(async () => {
      server?.kill('SIGKILL');
      try {
        ip('netns', 'delete', NAME);
      } catch {
        // The namespace was not created.
      }
      await Promise.all([...registry().pods].map((each) => each.remove()));
    });
    afterAll(async () => {
      removePods('file');
      delete process.env.DOCKER_HOST;
      delete process.env.JEST_KUBELET_DIAL;
      await engine[Symbol.asyncDispose]();
    });

    /** Makes the kernel route this IP to another machine. */
    async function reroute(podIP: string): Promise<void> {
      ip('netns', 'add', NAME);
      ip('link', 'add', NAME, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', NAME);
      ip('-n', NAME, 'address', 'add', `${podIP}/32`, 'dev', 'eth0');
      ip('address', 'add', '10.212.99.1/32', 'dev', NAME);
      ip('link', 'set', NAME, 'up');
      for (const name of ['lo', 'eth0']) ip('-n', NAME, 'link', 'set', name, 'up');
      ip('-n', NAME, 'route', 'add', 'default', 'dev', 'eth0');
      server = spawn('ip', ['netns', 'exec', NAME, process.execPath, '-e', ANSWERS_404], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      await new Promise((resolve) => server?.stdout?.once('data', resolve));
      ip('route', 'add', `${podIP}/32`, 'dev', NAME, 'src', '10.212.99.1');
    }

    const failuresFrom = (index: number) =>
      pod.timeline
        .of('ProbeFinished')
        .slice(index)
        .filter(({ result }) => result !== 'Success');

    test('receives its probes itself after it is Ready', async () => {
      pod = await runPod(MANIFEST);
      await expect(pod).toBecomeReady();
      const before = pod.timeline.of('ProbeFinished').length;
      await reroute(pod.status.podIP ?? '');
      while (pod.timeline.of('ProbeFinished').length < before + 6) {
        if (pod.broken) throw pod.broken;
        await podRunOf(pod).progress(NEVER);
      }
      expect(failuresFrom(before).map(({ output }) => output)).toEqual([]);
      expect(pod.timeline.of('ContainerStarted')).toHaveLength(1);
    });

    test('receives the requests of its clients itself', async () => {
      pod = await runPod(MANIFEST);
      await expect(pod).toBecomeReady();
      await reroute(pod.status.podIP ?? '');
      const client = await pod.requests('/', { port: 8080 });
      while (pod.timeline.of('RequestFinished').length < 5) {
        if (pod.broken) throw pod.broken;
        await podRunOf(pod).progress(NEVER);
      }
      await client.stop();
      expect(pod.timeline.of('RequestFinished').map(({ status }) => status)).not.toContain(404);
    });
  },
);
