import { describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { DB, simulated } from '../simulated';

const crashing = { web: [{ at: '5s', exit: 3 }] };
const CRASH_LOOP = { waiting: { reason: 'CrashLoopBackOff' } };

describe('toReachContainerState', () => {
  test('waits for the state in the status, which may be later than the event', async () => {
    const pod = simulated({}, crashing, {}, { kubernetesVersion: '1.34' });
    await expect(pod).toEnterCrashLoopBackOff({ times: 2 });
    expect(pod).toHaveContainerState({ terminated: { exitCode: 3 } });
    await expect(pod).toReachContainerState(CRASH_LOOP);
    expect(pod).toHaveContainerState(CRASH_LOOP);
  });

  test('passes immediately in the state, and waits for lastState of the next instance', async () => {
    const pod = simulated({}, crashing);
    await expect(pod).toReachContainerState({ running: true });
    await expect(pod).toReachContainerState({ running: true, lastState: { terminated: { exitCode: 3 } } });
    expect(pod).toHaveRestartCount(1);
  });

  test('fails immediately if no container can start again', async () => {
    const pod = simulated({}, crashing, { restartPolicy: 'Never' });
    expect(await messageOf(() => expect(pod).toReachContainerState(CRASH_LOOP))).toBe(
      `expect(pod).toReachContainerState({ waiting: { reason: 'CrashLoopBackOff' } })

Expected: web to reach state { waiting: { reason: 'CrashLoopBackOff' } } within 6m (default: the manifest sets no limit)
Received: web terminated (it exited with 3) after 5.0s: no container starts in a pod with phase Failed

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready
  +5.0s  web   exited   3
  +5.0s  pod   unready
  +5.0s  pod   Failed`,
    );
  });

  test('watches the whole time under .not', async () => {
    const pod = simulated({}, crashing);
    await expect(pod).not.toReachContainerState({ terminated: { exitCode: 4 } }, { within: '1h' });
    expect(
      await messageOf(() => expect(simulated({}, crashing)).not.toReachContainerState(CRASH_LOOP, { within: '1m' })),
    ).toContain('Received: web waiting (CrashLoopBackOff) after ');
  });

  test('requires a container option if the pod has several containers', async () => {
    const pod = simulated({}, {}, { containers: [{ name: 'web', image: 'web:dev' }, DB] });
    expect(await messageOf(() => expect(pod).toReachContainerState({ running: true }))).toContain(
      "pod shop has 2 containers: web, db. Choose one, for example { container: 'web' }",
    );
  });
});
