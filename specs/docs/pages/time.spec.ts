import { expect, test } from '@jest/globals';
import { profiles, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';

const CRASHES = `
apiVersion: v1
kind: Pod
metadata: { name: shop }
spec: { containers: [{ name: web, image: "web:1" }] }
`;

test('a simulated day of crashes takes no real time', async () => {
  const pod = simulatePod(CRASHES, { web: [{ at: '1s', exit: 1 }] });
  pod.advance('24h');
  expect(pod.status.containerStatuses?.[0]?.restartCount).toBeGreaterThan(250);
});

test('a profile adds the delays of a node', async () => {
  const ideal = simulatePod(CRASHES, { web: [{ at: '1s', exit: 1 }] });
  const node = simulatePod(CRASHES, { web: [{ at: '1s', exit: 1 }] }, { profile: profiles.node });

  await expect(ideal).toRestart({ within: '1s' });
  await expect(node).not.toRestart({ within: '1s' });
  await expect(node).toRestart({ within: '10s' });
});

test('the same seed repeats the same timeline', () => {
  const readinessProbe = { httpGet: { port: 8080 }, periodSeconds: 10 };
  const containers = [{ name: 'web', image: 'web:1', readinessProbe }];
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers } };
  const once = simulatePod(manifest, {}, { seed: 7 });
  const again = simulatePod(manifest, {}, { seed: 7 });
  once.advance('1m');
  again.advance('1m');
  expect(again.timeline.events).toEqual(once.timeline.events);
});
