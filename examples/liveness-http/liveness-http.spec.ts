import { expect, test } from '@jest/globals';
import { runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { expectSameOrderInSimulation } from '../../specs/fidelity/replay/sameOrder';

const MANIFEST = `${__dirname}/pod.yaml`;

test('liveness restarts the container three times immediately, then with back-off', async () => {
  const pod = await runPod(MANIFEST, { images: { liveness: 'jest-kubelet-example/liveness-http' } });

  await expect(pod).toBecomeReady();
  await expect(pod).toRestart({ because: 'liveness', times: 3 });
  expect(pod).not.toHaveEvent('BackOff');
  await expect(pod).toRestart({ times: 4 });
  expect(pod).toHaveEvent('BackOff');

  await expectSameOrderInSimulation(pod);
});
