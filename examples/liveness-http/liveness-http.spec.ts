import { expect, test } from '@jest/globals';
import { runPod, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';

const MANIFEST = `${__dirname}/pod.yaml`;

test('is restarted by its liveness probe, three times at once, and then backs off', async () => {
  const pod = await runPod(MANIFEST, { images: { liveness: 'jest-kubelet-example/liveness-http' } });

  await expect(pod).toBecomeReady();
  await expect(pod).toRestart({ because: 'liveness', times: 3 });
  expect(pod).not.toHaveEvent('BackOff');
  await expect(pod).toRestart({ times: 4 });
  expect(pod).toHaveEvent('BackOff');

  const simulated = simulatePod(MANIFEST, {
    liveness: [
      { at: '0s', http: { 8080: { '/healthz': 200 } } },
      { at: '10s', http: { 8080: { '/healthz': 500 } } },
    ],
  });
  await expect(simulated).toRestart({ times: 4 });
  expect(orderOf(pod)).toEqual(orderOf(simulated));
});

/** What happened to the container, whenever it did. */
function orderOf({ events }: { readonly events: readonly { readonly kind: string; readonly container?: string }[] }) {
  return events.map(({ kind, container }) => `${container ?? 'pod'} ${kind}`);
}
