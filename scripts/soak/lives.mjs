import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'expect';
import matchers from 'jest-kubelet/matchers';
import { ROOT } from '../root.mjs';

expect.extend(matchers);

const WITHIN = { within: '1m' };
const SERVES = 'mkdir /tmp/www; echo hi > /tmp/www/index.html; exec httpd -f -p 8080 -h /tmp/www';
const httpGet = { path: '/index.html', port: 8080 };

const example = (name) => readFileSync(path.join(ROOT, 'examples', name), 'utf8');

function serving(web = {}) {
  const container = {
    name: 'web',
    image: 'busybox:1.36',
    command: ['sh', '-c', SERVES],
    ports: [{ containerPort: 8080 }],
    readinessProbe: { httpGet, periodSeconds: 1, failureThreshold: 1 },
    ...web,
  };
  const spec = { containers: [container], terminationGracePeriodSeconds: 1 };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'soak' }, spec };
}

/** Scenarios of pods. Each starts one or more with `run`, and acts on them. */
export const LIVES = {
  async 'is asked by a client, and deleted'({ run, random }) {
    const pod = await run(serving());
    await expect(pod).toBecomeReady(WITHIN);
    const client = await pod.requests('/index.html', { every: '20ms' });
    await sleep(random.below(1_000));
    await client.stop();
    await pod.delete();
    await expect(pod).toExitWith(137, WITHIN); // httpd as PID 1 has no handler for SIGTERM
  },
  async 'hangs, and is restarted by its liveness probe'({ run }) {
    const pod = await run(serving({ livenessProbe: { httpGet, periodSeconds: 1, failureThreshold: 1 } }));
    await expect(pod).toBecomeReady(WITHIN);
    await pod.container('web').freeze();
    await expect(pod).toRestart({ because: 'liveness', ...WITHIN });
  },
  async 'hangs for a moment'({ run, random }) {
    const pod = await run(serving());
    await expect(pod).toBecomeReady(WITHIN);
    await pod.container('web').freeze();
    await sleep(random.below(1_500));
    await pod.container('web').thaw();
    await expect(pod).toBecomeReady(WITHIN);
  },
  async 'is killed again and again'({ run, random }) {
    const pod = await run(serving());
    for (let times = 1 + random.below(4); times > 0; times -= 1) {
      await expect(pod).toBecomeReady(WITHIN);
      await pod.container('web').kill();
      await expect(pod).toRestart(WITHIN);
    }
  },
  async 'loses its network, and gets it back'({ run }) {
    const pod = await run(serving());
    await expect(pod).toBecomeReady(WITHIN);
    await pod.disconnect();
    await expect(pod).toBecomeUnready(WITHIN);
    await pod.reconnect();
    await expect(pod).toBecomeReady(WITHIN);
  },
  async 'writes much'({ run }) {
    const pod = await run(
      serving({ command: ['sh', '-c', 'seq 100000; echo the end; exec sleep 600'], readinessProbe: undefined }),
    );
    await expect(pod).toLog('the end', { since: 'start', ...WITHIN });
    await pod.container('web').logs();
  },
  async 'is probed and asked by commands'({ run, random }) {
    const probe = { exec: { command: ['cat', '/tmp/www/index.html'] }, periodSeconds: 1, timeoutSeconds: 10 };
    const pod = await run(serving({ readinessProbe: probe, livenessProbe: probe }));
    await expect(pod).toBecomeReady(WITHIN);
    for (let times = random.below(10); times > 0; times -= 1) await pod.container('web').exec(['ls', '/']);
  },
  async 'has what it needs beside it freeze'({ run }) {
    const needed = await run(serving());
    await expect(needed).toBecomeReady(WITHIN);
    const pod = await run(serving(), { services: { needed } });
    await expect(pod).toBecomeReady(WITHIN);
    await pod.service('needed').freeze();
    await expect(needed).toBecomeUnready(WITHIN);
    await pod.service('needed').thaw();
    await expect(needed).toBecomeReady(WITHIN);
  },
  async 'is removed while it starts'({ run, random }) {
    await run(serving());
    await sleep(random.below(800));
  },
  async 'crashes until it backs off'({ run }) {
    const pod = await run(example('restart-policies/pods.yaml'), { workload: 'Pod/always-1' });
    await expect(pod).toEnterCrashLoopBackOff(WITHIN);
  },
  async completes({ run }) {
    const pod = await run(example('restart-policies/pods.yaml'), { workload: 'Pod/onfailure-0' });
    await expect(pod).toReachPhase('Succeeded', WITHIN);
  },
  async 'initializes volumes'({ run }) {
    const pod = await run(example('data-loss/pod.yaml'));
    await expect(pod).toBecomeReady(WITHIN);
    await pod.container('shop').exec(['cat', '/kept/seeds']);
    await pod.container('shop').kill();
    await expect(pod).toRestart(WITHIN);
  },
};
