import { expect, test } from '@jest/globals';
import { type AppScript, kubectl, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { blocksIn, page } from '../pages';

const SHOP = `
apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  containers:
    - name: web
      image: web:1
      readinessProbe:
        httpGet: { path: /ready, port: 8080 }
        periodSeconds: 5
      livenessProbe:
        exec: { command: [cat, /tmp/healthy] }
        periodSeconds: 10
`;

const APP: AppScript = {
  web: [
    { at: '0s', up: true, stdout: 'starting', onTerm: { exitAfter: '2s', code: 0 } },
    { at: '8s', http: { 8080: { '/ready': 200 } }, stdout: 'listening on 8080' },
    { at: '40s', run: 1, exec: { 'cat /tmp/healthy': 1 } },
  ],
};

test('the docs show kubectl output for a simulated pod', async () => {
  const pod = simulatePod(SHOP, APP);

  await expect(pod).toBecomeReady();
  await expect(pod).toLog('listening on 8080');
  await expect(pod).toRestart({ because: 'liveness' });
  await expect(pod).toExitWith(0, { since: 'start' });
  await expect(pod).toBecomeReady();
  await expect(pod).toStayReady({ for: '1h' });

  const [shown] = blocksIn(page('docs/simulate.md'), 'text');
  expect(kubectl.getPodWatch(pod.timeline, pod.pod).join('\n')).toBe(shown);
});

test('a simulated pod follows the rules of the given Kubernetes version', async () => {
  const lifecycle = { preStop: { exec: { command: ['drain'] } } };
  const spec = { terminationGracePeriodSeconds: 20, containers: [{ name: 'web', image: 'web:1', lifecycle }] };
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec };
  const app: AppScript = {
    web: [{ at: '0s', exec: { drain: { takes: '18s' } }, onTerm: { exitAfter: '10s', code: 0 } }],
  };
  const deleted = async (kubernetesVersion: string) => {
    const pod = simulatePod(manifest, app, { kubernetesVersion });
    await expect(pod).toBecomeReady();
    return pod.delete();
  };

  // The time of preStop is deducted from the grace period since 1.28.
  await expect(deleted('1.27')).toTerminateGracefully();
  await expect(deleted('1.28')).not.toTerminateGracefully();
});

test('a simulation finds the failureThreshold for a start of 40s to 70s', async () => {
  const startsIn = (seconds: number, failureThreshold: number) => {
    const startupProbe = { httpGet: { path: '/', port: 8080 }, periodSeconds: 5, failureThreshold };
    const spec = { containers: [{ name: 'web', image: 'web:1', startupProbe }] };
    const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec };
    return simulatePod(manifest, { web: [{ at: `${seconds}s`, http: { 8080: { '/': 200 } } }] });
  };

  for (const seconds of [40, 55, 70]) await expect(startsIn(seconds, 15)).toBecomeReady();
  await expect(expect(startsIn(70, 14)).toBecomeReady()).rejects.toThrow(/The pod passes in \d of 10 orders/);
});
