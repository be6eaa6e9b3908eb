import { beforeEach, expect, test } from '@jest/globals';
import { type LivePod, runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { expectSameOrderInSimulation } from '../../specs/fidelity/replay/sameOrder';

const images = { shop: 'jest-kubelet-example/with-database' };

let redis: LivePod;

beforeEach(async () => {
  redis = await runPod(`${__dirname}/redis.yaml`);
  await expect(redis).toBecomeReady();
});

test('a shop with the database in its readiness probe is unready during an outage', async () => {
  const shop = await runPod(`${__dirname}/pod.yaml`, { images, services: { redis } });
  await expect(shop).toBecomeReady();

  await expect(shop).toSurviveOutageOf('redis', { for: '20s' });

  await expect(shop).toBecomeUnready({ since: 'start' });
  expect(shop).toHaveRestartCount(0);
  await expectSameOrderInSimulation(shop);
});

test('a shop with the database in its liveness probe restarts during an outage', async () => {
  const shop = await runPod(`${__dirname}/database-in-liveness.yaml`, { images, services: { redis } });
  await expect(shop).toBecomeReady();

  await expect(shop).not.toSurviveOutageOf('redis', { for: '20s' });

  await expect(shop).toRestart({ because: 'liveness', since: 'start' });
  await expectSameOrderInSimulation(shop);
});
