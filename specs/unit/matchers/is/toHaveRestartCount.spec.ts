import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { DB, simulated } from '../simulated';

test('compares the restartCount of the status', () => {
  const pod = simulated({}, { web: [{ at: '5s', exit: 1 }] });
  expect(pod).toHaveRestartCount(0);
  pod.advance('30s');
  expect(pod).toHaveRestartCount(2);
  expect(pod).not.toHaveRestartCount(1, { container: 'web' });
});

test('prints the received count, and marks the last restart', async () => {
  const pod = simulated({}, { web: [{ at: '5s', run: 1, exit: 1 }] });
  pod.advance('30s');
  expect(await messageOf(() => expect(pod).toHaveRestartCount(0))).toBe(`expect(pod).toHaveRestartCount(0)

Expected: web to have restartCount 0
Received: web has restartCount 1 after 5.0s

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready
  +5.0s  web   exited   1
  +5.0s  pod   unready  containers with unready status: [web]
> +5.0s  web   Started  restart 1, no back-off (first restart)
  +5.0s  pod   Ready`);
  expect(await messageOf(() => expect(pod).not.toHaveRestartCount(1))).toBe(`expect(pod).not.toHaveRestartCount(1)

Expected: web not to have restartCount 1
Received: web has restartCount 1 after 5.0s

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready
  +5.0s  web   exited   1
  +5.0s  pod   unready  containers with unready status: [web]
> +5.0s  web   Started  restart 1, no back-off (first restart)
  +5.0s  pod   Ready`);
});

test('requires a container option if the pod has several containers', async () => {
  const pod = simulated({}, {}, { containers: [{ name: 'web', image: 'web:dev' }, DB] });
  expect(pod).toHaveRestartCount(0, { container: 'db' });
  expect(await messageOf(() => expect(pod).not.toHaveRestartCount(3))).toBe(`expect(pod).not.toHaveRestartCount(3)

Matcher error: pod shop has 2 containers: web, db. Choose one, for example { container: 'web' }`);
});
