import { expect, test } from '@jest/globals';
import { type LivePod, type RunPodOptions, runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../unit/matchers/messageOf';
import { describeOnEngine } from './onEngine';

/** Exits with 0 on SIGTERM, like a good server. */
const HEEDS = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.05; done'];
/** PID 1 receives no signal without a handler for it. */
const DEAF = ['sleep', '600'];

function run(container: object, spec: object = {}, options: RunPodOptions = {}): Promise<LivePod> {
  const web = { name: 'web', image: 'busybox:1.36', ...container };
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers: [web], ...spec } };
  return runPod(manifest, options);
}

describeOnEngine('matchers on real containers', () => {
  test('a preStop hook that stops its container passes toTerminateGracefully', async () => {
    const preStop = { exec: { command: ['sh', '-c', 'kill -TERM 1; sleep 10'] } };
    const pod = await run({ command: HEEDS, lifecycle: { preStop } });
    await expect(pod).toBecomeReady();
    await expect(pod.delete()).toTerminateGracefully();
    expect(pod).toHaveEvent('FailedPreStopHook');
    await expect(pod).toRunHook('preStop');
    await expect(pod).toExitWith(0);
    expect(pod.status.containerStatuses).toEqual([expect.exitCode(0)]);
  });

  test('a failed preStop hook fails toRunHook and toTerminateGracefully', async () => {
    const preStop = { exec: { command: ['sh', '-c', 'exit 3'] } };
    const pod = await run({ command: HEEDS, lifecycle: { preStop } });
    await expect(pod).toBecomeReady();
    await expect(pod.delete()).not.toTerminateGracefully();
    await expect(pod).not.toRunHook('preStop');
  });

  test('an app that ignores SIGTERM fails toTerminateGracefully', async () => {
    const pod = await run({ command: DEAF }, { terminationGracePeriodSeconds: 2 });
    await expect(pod).toBecomeReady();
    const message = await messageOf(() => expect(pod.delete()).toTerminateGracefully());
    expect(message).toMatch(
      /^Received: web got SIGKILL after \d+\.\ds: it was still running 2(?:\.\d)?s after SIGTERM: sleep 600 \(PID 1\) has no handler/m,
    );
    await expect(pod).toExitWith({ exitCode: 137, reason: 'Error' });
  });

  test('a container that crashes passes toEnterCrashLoopBackOff several times', async () => {
    const pod = await run({ command: ['sh', '-c', 'exit 4'] });
    await expect(pod).toEnterCrashLoopBackOff({ times: 3, within: '5m' });
    expect(pod).toHaveBackOffs(['10s', '20s', '40s']);
    expect(pod).toHaveRestartCount(3);
    expect(pod).toHaveContainerState({ lastState: { terminated: { exitCode: 4 } } });
    expect(pod).toHaveEventsInOrder(['Started', 'BackOff', 'Started', 'BackOff']);
    await expect(pod).not.toRestartAtMost(1, { for: '5m' });
  });

  test('toStayReady waits while the pod runs, and checks the whole timeline afterwards', async () => {
    const pod = await run({ command: HEEDS });
    await expect(pod).toBecomeStarted();
    await expect(pod).toReachPhase('Running');
    const from = pod.timeline.now;
    await expect(pod).toStayReady({ forMs: 700 });
    expect(pod.timeline.now - from).toBeGreaterThanOrEqual(700);
    const gone = await pod.delete();
    await expect(gone).toStayReady();
    await expect(gone).toRestartAtMost(0);
    expect(gone).toHaveCondition('Ready', 'False');
  });
});
