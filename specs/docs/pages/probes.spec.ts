import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../../unit/matchers/messageOf';
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
      startupProbe:
        httpGet: { path: /healthz, port: 8080 }
        periodSeconds: 2
        failureThreshold: 30
      livenessProbe:
        httpGet: { path: /healthz, port: 8080 }
        periodSeconds: 5
        failureThreshold: 3
      readinessProbe:
        httpGet: { path: /ready, port: 8080 }
        periodSeconds: 2
        failureThreshold: 1
`;

test('each probe has its own effect', async () => {
  const pod = simulatePod(SHOP, {
    web: [
      { at: '20s', http: { 8080: { '/healthz': 200, '/ready': 200 } } },
      { at: '1m', run: 1, http: { 8080: { '/healthz': 500, '/ready': 503 } } },
    ],
  });

  // The startup probe holds the others back for as long as the start takes, 60s at most.
  await expect(pod).toBecomeStarted({ within: '30s' });
  expect(pod).toHaveRestartCount(0);
  await expect(pod).toBecomeReady();

  // Readiness takes the pod out of the endpoints, and restarts nothing.
  await expect(pod).toBecomeUnready({ within: '1m' });
  expect(pod).toHaveRestartCount(0);

  // Liveness restarts the container, after three failures.
  await expect(pod).toRestart({ container: 'web', because: 'liveness' });
});

test('the docs show the failure of a probe whose path does not exist', async () => {
  const pod = simulatePod(SHOP, { web: [{ at: '0s', http: { 8080: { '/healthz': 200 } } }] });
  const [shown] = blocksIn(page('docs/probes.md'), 'text');
  expect(shown).toBe(await messageOf(() => expect(pod).toBecomeReady()));
});
