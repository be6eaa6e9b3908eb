import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { web } from './web';

const sidecar = (probe: string) =>
  `initContainers: [{ name: proxy, image: "shop/proxy:1", restartPolicy: Always, ${probe} }]`;
const listensAfterFiveSeconds = { proxy: [{ at: '5s', http: { 9000: { '/ready': 200 } } }] };
const ask = 'httpGet: { path: /ready, port: 9000 }';

test('the app waits for the startup probe of a sidecar, not for its readiness', async () => {
  const startOf = (probe: string) => {
    const pod = simulatePod(web('', sidecar(probe)), listensAfterFiveSeconds);
    pod.advance('1m');
    return pod.timeline.of('Started').find(({ container }) => container === 'web')?.at;
  };
  expect(startOf(`readinessProbe: { ${ask}, periodSeconds: 1 }`)).toBe(0);
  expect(startOf(`startupProbe: { ${ask}, periodSeconds: 1, failureThreshold: 30 }`)).toBeGreaterThanOrEqual(5_000);
});

test('an unready sidecar keeps its pod unready', async () => {
  const pod = simulatePod(web('', sidecar(`readinessProbe: { ${ask} }`)), {
    proxy: [{ at: '0s', http: { 9000: { '/ready': 500 } } }],
  });
  await expect(pod).not.toBecomeReady({ within: '10m' });
  expect(pod.status.containerStatuses[0]).toMatchObject({ name: 'web', ready: true });
});

test('containers start one after the other, without waiting for readiness', () => {
  const two = `
apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
  containers:
    - { name: db, image: "shop/db:1", readinessProbe: { httpGet: { path: /ready, port: 5432 } } }
    - { name: web, image: "shop/web:1" }
`;
  const pod = simulatePod(two, { db: [{ at: '60s', http: { 5432: { '/ready': 200 } } }] });
  pod.advance('10s');
  expect(pod.timeline.of('Started').map(({ container, at }) => [container, at])).toEqual([
    ['db', 0],
    ['web', 0],
  ]);
});
