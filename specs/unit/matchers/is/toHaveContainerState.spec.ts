import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { DB, simulated } from '../simulated';

const crashing = { web: [{ at: '5s', exit: 3 }] };

test('matches one of the three states by the fields of the filter', () => {
  const pod = simulated({}, crashing, {}, { kubernetesVersion: '1.34' });
  pod.advance('1s');
  expect(pod).toHaveContainerState({ running: true });
  expect(pod).not.toHaveContainerState({ waiting: true });
  pod.advance('35s');
  expect(pod).toHaveContainerState({ waiting: { reason: 'CrashLoopBackOff' } });
  expect(pod).toHaveContainerState({ container: 'web', waiting: true, lastState: { terminated: { exitCode: 3 } } });
  expect(pod).not.toHaveContainerState({ lastState: { terminated: { exitCode: 0 } } });
});

test('prints the received state, and its start', async () => {
  const pod = simulated({}, crashing);
  pod.advance('12s');
  expect(
    await messageOf(() => expect(pod).toHaveContainerState({ running: true })),
  ).toBe(`expect(pod).toHaveContainerState({ running: true })

Expected: web to have state { running: true }
Received: web terminated (it exited with 3) after 10.0s

  (1 earlier line left out)
   +0.0s  web  Started  Container started
   +0.0s  pod  Ready
   +5.0s  web  exited   3
   +5.0s  pod  unready  containers with unready status: [web]
   +5.0s  web  Started  restart 1, no back-off (first restart)
   +5.0s  pod  Ready
  +10.0s  web  exited   3
> +10.0s  pod  unready  containers with unready status: [web]
  +10.0s  web  BackOff  Back-off restarting failed container web

toHaveContainerState does not wait. To wait, use await expect(pod).toReachContainerState(…).`);
  expect(await messageOf(() => expect(pod).toHaveContainerState({ waiting: true, lastState: { running: true } }))).toBe(
    `expect(pod).toHaveContainerState({ waiting: true, lastState: { running: true } })

Expected: web to have state { waiting: true, lastState: { running: true } }
Received: web terminated (it exited with 3), lastState terminated (it exited with 3) after 10.0s

  (1 earlier line left out)
   +0.0s  web  Started  Container started
   +0.0s  pod  Ready
   +5.0s  web  exited   3
   +5.0s  pod  unready  containers with unready status: [web]
   +5.0s  web  Started  restart 1, no back-off (first restart)
   +5.0s  pod  Ready
  +10.0s  web  exited   3
> +10.0s  pod  unready  containers with unready status: [web]
  +10.0s  web  BackOff  Back-off restarting failed container web

toHaveContainerState does not wait. To wait, use await expect(pod).toReachContainerState(…).`,
  );
});

test('prints the matching state under .not', async () => {
  const pod = simulated({}, crashing, { restartPolicy: 'Never' });
  pod.advance('12s');
  expect(
    await messageOf(() => expect(pod).not.toHaveContainerState({ terminated: { exitCode: 3 } })),
  ).toBe(`expect(pod).not.toHaveContainerState({ terminated: { exitCode: 3 } })

Expected: web not to have state { terminated: { exitCode: 3 } }
Received: web terminated (it exited with 3) after 5.0s

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready
  +5.0s  web   exited   3
> +5.0s  pod   unready
  +5.0s  pod   Failed`);
});

test.each([
  [{ container: 'web', runing: true }, 'unknown option "runing" in state. Did you mean "running"?'],
  [
    { container: 'web', terminated: { code: 3 } },
    'unknown option "code" in state.terminated. Valid options: exitCode, signal, reason, message, startedAt, finishedAt, containerID',
  ],
  [{ running: true }, "pod shop has 2 containers: web, db. Choose one, for example { container: 'web' }"],
])('rejects the state %p', async (state, complaint) => {
  const pod = simulated({}, {}, { containers: [{ name: 'web', image: 'web:dev' }, DB] });
  const message = await messageOf(() => expect(pod).not.toHaveContainerState(state as object));
  expect(message.split('Matcher error: ')[1]).toBe(complaint);
});
