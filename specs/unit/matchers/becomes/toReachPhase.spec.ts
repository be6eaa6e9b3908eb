import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { simulated } from '../simulated';

test('waits for the phase, and passes immediately in it', async () => {
  const pod = simulated({}, { web: [{ at: '20s', exit: 0 }] }, { restartPolicy: 'Never' });
  await expect(pod).toReachPhase('Pending', { withinMs: 1 });
  await expect(pod).toReachPhase('Running');
  await expect(pod).not.toReachPhase('Succeeded', { within: '10s' });
  await expect(pod).toReachPhase('Succeeded');
  await expect(pod).toReachPhase('Succeeded');
});

test('prints the states of the containers while the phase differs', async () => {
  const pod = simulated({}, { web: [{ at: '20s', exit: 0 }] });
  expect(await messageOf(() => expect(pod).toReachPhase('Succeeded'))).toBe(`expect(pod).toReachPhase('Succeeded')

Expected: pod to reach phase Succeeded within 1m (default: the manifest sets no limit)
Received: pod in phase Running after 60.0s: web is running

       0s          10s         20s         30s         40s         50s
web    ████████████████████████x1██████████████████████x▒▒▒▒▒▒▒▒▒▒▒2████████████
Ready  ════════════════════════════════════════════════            ═════════════
█ Running  ▒ back-off  x exit  1 restart  ═ Ready

  (7 earlier lines left out)
  +40.0s  web  exited   0
  +40.0s  pod  unready  containers with unready status: [web]
  +40.0s  web  BackOff  Back-off restarting failed container web
  +50.0s  web  Started  restart 2 after back-off, 10.0s after the exit
  +50.0s  pod  Ready`);
});

test('waits as long as activeDeadlineSeconds allows', async () => {
  const spec = { restartPolicy: 'Never', activeDeadlineSeconds: 300 };
  await expect(simulated({}, {}, spec)).toReachPhase('Failed');
  expect(
    await messageOf(() => expect(simulated({}, {}, spec)).toReachPhase('Succeeded')),
  ).toBe(`expect(pod).toReachPhase('Succeeded')

Expected: pod to reach phase Succeeded within 5m30s (the manifest's own limit: activeDeadlineSeconds 5m + grace period 30s)
Received: pod in phase Failed after 300.0s: the phase of the pod is Failed: DeadlineExceeded

    +0.0s  test  run
    +0.0s  web   Started           Container started
    +0.0s  pod   Ready
  +300.0s  pod   DeadlineExceeded  Pod was active on the node longer than the specified deadline
  +300.0s  pod   unready
  +300.0s  pod   DeadlineExceeded  Pod was active on the node longer than the specified deadline
  +300.0s  web   Killing           Stopping container web (grace period 30s)
> +300.0s  web   exited            143, 0.0s after SIGTERM
  +300.0s  pod   Failed            DeadlineExceeded: Pod was active on the node longer than the specified deadline
  +300.0s  pod   DeadlineExceeded  Pod was active on the node longer than the specified deadline`);
});

test('fails immediately in another terminal phase', async () => {
  const pod = simulated({}, { web: [{ at: '2s', exit: 1 }] }, { restartPolicy: 'Never' });
  expect(
    await messageOf(() => expect(pod).toReachPhase('Succeeded', { within: '1h' })),
  ).toBe(`expect(pod).toReachPhase('Succeeded', { within: '1h' })

Expected: pod to reach phase Succeeded within 1h
Received: pod in phase Failed after 2.0s: the phase of the pod is Failed: web exited with 1

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready
> +2.0s  web   exited   1
  +2.0s  pod   unready
  +2.0s  pod   Failed`);
  expect(pod.timeline.now).toBe(2000);
});

test('fails immediately if the image does not exist', async () => {
  const pod = simulated({ imagePullPolicy: 'Never' }, { web: [{ at: '0s', imagePull: 'fails' }] });
  await expect(pod).not.toReachPhase('Running', { within: '1h' });
  expect(pod.timeline.now).toBeLessThan(60_000);
});

test('prints under .not since when the phase is reached', async () => {
  const pod = simulated({}, { web: [{ at: '2s', exit: 1 }] }, { restartPolicy: 'Never' });
  expect(await messageOf(() => expect(pod).not.toReachPhase('Failed'))).toBe(`expect(pod).not.toReachPhase('Failed')

Expected: pod not to reach phase Failed within 1m (default: the manifest sets no limit)
Received: pod in phase Failed after 2.0s

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready
  +2.0s  web   exited   1
  +2.0s  pod   unready
> +2.0s  pod   Failed`);
});
