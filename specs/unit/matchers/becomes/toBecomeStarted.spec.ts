import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { answering, DB, HEALTHZ, simulated } from '../simulated';

const slow = { startupProbe: { ...HEALTHZ, failureThreshold: 6 } };

test('waits as long as the startup probe allows', async () => {
  const pod = simulated(slow, { web: answering(['0s', 503], ['40s', 200]) });
  await expect(pod).not.toBecomeStarted({ within: '30s' });
  await expect(pod).toBecomeStarted();
  await expect(pod).toBecomeStarted({ withinMs: 1 });
});

test('waits for every container, or for the named one', async () => {
  const pod = simulated({}, {}, { containers: [{ name: 'web', image: 'web:dev', ...slow }, DB] });
  await expect(pod).toBecomeStarted({ container: 'db', within: '5s' });
  await expect(pod).not.toBecomeStarted({ within: '20s' });
});

test('prints the last result of the startup probe', async () => {
  const pod = simulated(slow, { web: answering(['0s', 503]) });
  expect(
    await messageOf(() => expect(pod).toBecomeStarted({ container: 'web', within: '45s' })),
  ).toBe(`expect(pod).toBecomeStarted({ container: 'web', within: '45s' })

Expected: web to become started within 45s
Received: web not started after 45.0s: the startup probe of web fails (HTTP probe failed with statuscode: 503)

   +0.0s  test  run
   +0.0s  web   Started    Container started
  +40.0s  web   Unhealthy  startup probe failed (4/6): HTTP probe failed with statuscode: 503

The startup probe runs every 10s. None of its 4 attempts since +10.0s succeeded.`);
});

test('fails immediately if the container has failed and will not restart', async () => {
  const pod = simulated({}, { web: [{ at: '2s', exit: 3 }] }, { restartPolicy: 'Never', initContainers: [] });
  pod.advance('5s');
  expect(
    await messageOf(() => expect(pod).toBecomeStarted({ within: '5m' })),
  ).toBe(`expect(pod).toBecomeStarted({ within: '5m' })

Expected: every container to become started within 5m
Received: not every container started after 2.0s: the phase of the pod is Failed: web exited with 3

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready
> +2.0s  web   exited   3
  +2.0s  pod   unready
  +2.0s  pod   Failed`);
  expect(pod.timeline.now).toBe(5000);
});

test('prints under .not since when the containers are started', async () => {
  const pod = simulated(slow, { web: answering(['0s', 200]) });
  expect(await messageOf(() => expect(pod).not.toBecomeStarted())).toBe(`expect(pod).not.toBecomeStarted()

Expected: not every container to become started within 1m1s (the manifest's own limit: startupProbe 10s + 5 × 10s + 1s)
Received: every container started after 10.0s

   +0.0s  test  run
   +0.0s  web   Started  Container started
  +10.0s  pod   Ready`);
});
