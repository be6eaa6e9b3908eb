import { expect, test } from '@jest/globals';
import { runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { expectSameOrderInSimulation } from '../../specs/fidelity/replay/sameOrder';

const IMAGES = { nginx: 'jest-kubelet-example/lifecycle-nginx' };

test('postStart writes its message, and preStop lets nginx complete its responses', async () => {
  const pod = await runPod(`${__dirname}/pod.yaml`, { images: IMAGES });
  const nginx = pod.container('nginx');
  await expect(pod).toBecomeReady();

  expect(await nginx.exec(['cat', '/usr/share/message'])).toMatchObject({
    output: 'Hello from the postStart handler\n',
  });

  const download = await fetch(`${await nginx.url('http')}/download`); // answered as soon as it begins; takes 3s
  const [{ byteLength }] = await Promise.all([download.arrayBuffer(), pod.delete()]);

  expect(byteLength).toBe(300_000);
  // nginx is the container's first process: when it has ended, so has the container, and the hook that waits for that is
  // killed with it. The kubelet takes this for a failed hook; nothing was lost by it.
  expect(pod).toHaveEvent('FailedPreStopHook');
  expect(pod.timeline.of('HookFinished').at(-1)).toMatchObject({
    hook: 'preStop',
    message: expect.stringContaining(' exited with 137'),
  });
  expect(pod.timeline.of('ContainerExited')).toMatchObject([{ exitCode: 0, reason: 'Completed' }]);
  expect(pod.timeline.of('SignalSent').map(({ signal }) => signal)).not.toContain('SIGKILL');
  await expectSameOrderInSimulation(pod);
});
