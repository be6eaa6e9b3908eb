import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../../messageOf';

/** Returns a pod whose containers are probed at port 8000, 8001 and so on. */
function podOf(names: readonly string[]) {
  const containers = names.map((name, index) => {
    const probe = { httpGet: { path: '/', port: 8000 + index }, periodSeconds: 2 };
    return { name, image: 'shop/worker:1', livenessProbe: probe, readinessProbe: probe };
  });
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers } };
}

test('prints at most 45 lines for a pod with many failing containers', async () => {
  const names = Array.from({ length: 20 }, (_, n) => `worker-${n}`);
  const chatty = [{ at: '0s', stdout: 'no database\n'.repeat(50) }];
  const pod = simulatePod(podOf(names), Object.fromEntries(names.map((name) => [name, chatty])));
  const message = await messageOf(() => expect(pod).toBecomeReady({ within: '2m' }));
  expect(message.split('\n').length).toBeLessThanOrEqual(45);
});

test('draws only the failing containers if there are many', async () => {
  const pod = simulatePod(podOf(['web', 'cache', 'proxy']), {
    web: [{ at: '0s', http: { 8000: { '/': 200 } } }],
    cache: [{ at: '0s', http: { 8001: { '/': 200 } } }],
  });
  const message = await messageOf(() => expect(pod).toBecomeReady({ within: '15s' }));
  expect(message.split('\n\n')[2]).toBe(
    `             0s      2s       4s       6s       8s       10s     12s      14s
proxy        ██████████████████████████Tx1███████████████████████Tx2████████████
  liveness           ×        ×        ×        ×        ×       ×        ×
  readiness  ×       ×        ×        ×        ×        ×       ×        ×
Ready
█ Running  × failure  x exit  1 restart  T K signals`,
  );
});
