import { expect, test } from '@jest/globals';
import { runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { expectSameOrderInSimulation } from '../../specs/fidelity/replay/sameOrder';

test('a restart keeps only the data in volumes, and runs no init container again', async () => {
  const pod = await runPod(`${__dirname}/pod.yaml`);
  const shop = pod.container('shop');

  await expect(pod).toBecomeReady();
  await shop.exec(['sh', '-c', 'echo 3 apples | tee /cart > /kept/cart']);
  await shop.kill();
  await expect(pod).toRestart({ container: 'shop' });

  expect(await shop.exec(['cat', '/kept/cart'])).toMatchObject({ output: '3 apples\n' });
  await expect(shop.exec(['cat', '/cart'])).rejects.toThrow("can't open '/cart': No such file or directory");
  expect(await shop.exec(['cat', '/kept/seeds'])).toMatchObject({ output: 'seeded\n' });
  await expectSameOrderInSimulation(pod);
});
