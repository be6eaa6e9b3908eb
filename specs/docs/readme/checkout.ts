import { expect, test } from '@jest/globals';
import { runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';

test('is not killed by its own liveness probe', async () => {
  const pod = await runPod('k8s/checkout.yaml', { images: { web: 'checkout:dev' } });

  await expect(pod).toBecomeReady();
  await expect(pod).not.toRestart({ within: '1m' });
});
