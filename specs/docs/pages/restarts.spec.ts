import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';

test('a container restarts immediately, then after 10s, 20s, 40s … 300s', async () => {
  const containers = [{ name: 'web', image: 'web:1' }];
  const pod = simulatePod(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers } },
    { web: [{ at: '1s', exit: 0 }] },
  );

  await expect(pod).toEnterCrashLoopBackOff();
  await expect(pod).toRestart({ times: 7, since: 'start', within: '20m' });

  expect(pod).toHaveBackOffs(['10s', '20s', '40s', '80s', '160s', '300s']);
  expect(pod).toHavePhase('Running');
});

test('the pod of a Job restarts after a failure, and then succeeds', async () => {
  const containers = [{ name: 'migrate', image: 'migrate:1' }];
  const template = { spec: { restartPolicy: 'OnFailure', containers } };
  const pod = simulatePod(
    { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate' }, spec: { template } },
    {
      migrate: [
        { at: '5s', run: 1, exit: 1 },
        { at: '5s', run: 2, exit: 0 },
      ],
    },
  );

  await expect(pod).toReachPhase('Succeeded');
  expect(pod).toHaveRestartCount(1);
});
