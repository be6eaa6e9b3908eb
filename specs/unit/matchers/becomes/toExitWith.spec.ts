import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { DB, simulated } from '../simulated';

test('waits for an exit with this code and these fields', async () => {
  const pod = simulated({}, { web: [{ at: '20s', exit: 3 }] });
  await expect(pod).not.toExitWith(3, { within: '10s' });
  await expect(pod).toExitWith(3, { container: 'web', within: '10s' });
  await expect(pod).toExitWith({ exitCode: 3, reason: 'Error' }, { times: 2, within: '1m' });
  pod.advance('15s');
  await pod.delete();
  await expect(pod).toExitWith(143);
  await expect(pod).not.toExitWith(3);
  await expect(pod).toExitWith({ container: 'web', exitCode: 3 }, { since: 'start' });
});

test('prints the exit that happened instead', async () => {
  const pod = simulated({}, { web: [{ at: '2s', exit: 1 }] });
  expect(
    await messageOf(() => expect(pod).toExitWith(0, { within: '30s' })),
  ).toBe(`expect(pod).toExitWith(0, { within: '30s' })

Expected: a container to exit with code 0 within 30s
Received: web exited with 1, web exited with 1, web exited with 1 after 30.0s

       0s          5s          10s         15s         20s         25s
web    ████x1███x▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒2████x▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
Ready  ═════════                        ═════
█ Running  ▒ back-off  x exit  1 restart  ═ Ready

  (10 earlier lines left out)
  +14.0s  web  Started  restart 2 after back-off, 10.0s after the exit
  +14.0s  pod  Ready
  +16.0s  web  exited   1
  +16.0s  pod  unready  containers with unready status: [web]
  +16.0s  web  BackOff  Back-off restarting failed container web

The back-off of web used the time.

Cause: web exited 3 times, most recently 2.0s after its start. The first restart has no back-off, and the next ones wait 10s, 20s, 40s … 5m until an instance of web runs for 10m.
Docs:  jest-kubelet/docs/faq/restarts-and-back-off.md#first-crash`);
});

test('fails immediately if the container will never run again, though another one runs', async () => {
  const pod = simulated(
    {},
    { web: [{ at: '2s', exit: 0 }] },
    { containers: [{ name: 'web', image: 'web:dev' }, DB], restartPolicy: 'OnFailure' },
  );
  expect(
    await messageOf(() => expect(pod).toExitWith({ exitCode: 1, reason: 'Error' }, { container: 'web', within: '1h' })),
  ).toBe(`expect(pod).toExitWith({ exitCode: 1, reason: 'Error' }, { container: 'web', within: '1h' })

Expected: web to exit with code 1 (Error) within 1h
Received: web exited with 0 after 2.0s: web does not restart after exit code 0 under restartPolicy OnFailure

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  db    Started  Container started
  +0.0s  pod   Ready
> +2.0s  web   exited   0
  +2.0s  pod   unready  containers with unready status: [web]`);
  expect(pod.timeline.now).toBe(2000);
});

test('prints the exit under .not', async () => {
  const pod = simulated({}, { web: [{ at: '2s', exit: 1 }] });
  expect(
    await messageOf(() => expect(pod).not.toExitWith({ reason: 'Error' }, { within: '30s' })),
  ).toBe(`expect(pod).not.toExitWith({ reason: 'Error' }, { within: '30s' })

Expected: no container to exit with reason Error within 30s
Received: web exited with 1 after 2.0s

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready
> +2.0s  web   exited   1
  +2.0s  pod   unready  containers with unready status: [web]
  +2.0s  web   Started  restart 1, no back-off (first restart)
  (1 later line left out)`);
});

test.each([
  [256, 'exit must be an exit code from 0 to 255, received 256'],
  [{ code: 1 }, 'unknown option "code" in exit. Valid options: exitCode, reason, container'],
  ['1', "exit must be an object with exitCode, reason, container, received '1'"],
])('rejects the exit %p', async (exit, complaint) => {
  const message = await messageOf(() => expect(simulated({})).not.toExitWith(exit as number));
  expect(message.split('Matcher error: ')[1]).toBe(complaint);
});
