import { expect, test } from '@jest/globals';
import { kubectl, type LivePod, runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { expectSameOrderInSimulation } from '../../specs/fidelity/replay/sameOrder';

test('the main container starts when the init container has completed, after 10s', async () => {
  const pod = await runPod(`${__dirname}/pod.yaml`);

  await expect(pod).toBecomeReady();
  await expect(pod).toLog(/:\d\d /, { container: 'main' });

  const begun = Date.parse(await pod.container('wait').logs());
  const beganAfterMs = Date.parse(await pod.container('main').logs()) - begun;
  expect(beganAfterMs).toBeGreaterThanOrEqual(10_000);
  expect(statusesOf(pod)).toEqual(['Pending', 'Init:0/1', 'PodInitializing', 'Running']);
  await expectSameOrderInSimulation(pod);
});

/** Returns the STATUS column of `kubectl get pod -w`, without repetitions. */
function statusesOf({ timeline, pod }: LivePod): string[] {
  const [, ...rows] = kubectl.getPodWatch(timeline, pod);
  const statuses = rows.map((row) => row.split(/\s+/)[2] ?? '');
  return statuses.filter((status, index) => status !== statuses[index - 1]);
}
