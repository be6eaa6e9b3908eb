import { expect, test } from '@jest/globals';
import { runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { expectSameOrderInSimulation } from '../../specs/fidelity/replay/sameOrder';

test('liveness restarts the container after its grace period if the file is missing', async () => {
  const pod = await runPod(`${__dirname}/pod.yaml`);

  await expect(pod).toBecomeReady();
  await expect(pod).not.toRestart({ within: '25s' });
  await expect(pod).toRestart({ because: 'liveness' });

  expect(pod.timeline.of('ContainerExited').map(({ exitCode, reason }) => [exitCode, reason])).toEqual([
    [137, 'Error'],
  ]);
  expect(pod.timeline.of('SignalSent').map(({ signal }) => signal)).toEqual(['SIGTERM', 'SIGKILL']);
  // The first restart has no back-off.
  expect(pod).not.toHaveEvent('BackOff');
  await expectSameOrderInSimulation(pod);
});
