import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { simulated } from '../simulated';

const crashing = { web: [{ at: '1s', exit: 1 }] };

test('passes once a restart waits in back-off, which the first one never does', async () => {
  const pod = simulated({}, crashing);
  await expect(pod).not.toEnterCrashLoopBackOff({ withinMs: 1500 });
  await expect(pod).toEnterCrashLoopBackOff({ container: 'web', within: '10s' });
  await expect(pod).toEnterCrashLoopBackOff({ times: 4, within: '5m' });
});

test('counts a back-off once, even if the start fails several times during it', async () => {
  const pod = simulated({}, crashing);
  await expect(pod).not.toEnterCrashLoopBackOff({ times: 2, within: '10s' });
});

test('counts back-offs after the last action of the test', async () => {
  const pod = simulated(
    {},
    {
      web: [
        { run: '1', at: '1s', exit: 1 },
        { run: '2', at: '1s', exit: 1 },
      ],
    },
  );
  await expect(pod).toEnterCrashLoopBackOff();
  pod.advance('1m');
  await pod.container('web').kill('SIGKILL');
  pod.advance('5s');
  await expect(pod).toEnterCrashLoopBackOff({ within: '1s' });
  pod.advance('2m');
  await pod.container('web').kill('SIGTERM');
  await expect(pod).not.toEnterCrashLoopBackOff({ times: 2, within: '10m' });
  await expect(pod).toEnterCrashLoopBackOff({ times: 3, since: 'start' });
});

test('reports restarts without back-off', async () => {
  const pod = simulated({}, { web: [{ run: '1', at: '1s', exit: 1 }] });
  expect(
    await messageOf(() => expect(pod).toEnterCrashLoopBackOff({ within: '30s' })),
  ).toBe(`expect(pod).toEnterCrashLoopBackOff({ within: '30s' })

Expected: a container to enter CrashLoopBackOff within 30s
Received: no CrashLoopBackOff after 30.0s: 1 restart had no back-off

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready
  +1.0s  web   exited   1
  +1.0s  pod   unready  containers with unready status: [web]
  +1.0s  web   Started  restart 1, no back-off (first restart)
  +1.0s  pod   Ready`);
});

test('fails immediately if the pod has succeeded', async () => {
  const pod = simulated({}, { web: [{ at: '2s', exit: 0 }] }, { restartPolicy: 'OnFailure' });
  expect(
    await messageOf(() => expect(pod).toEnterCrashLoopBackOff({ within: '1h' })),
  ).toBe(`expect(pod).toEnterCrashLoopBackOff({ within: '1h' })

Expected: a container to enter CrashLoopBackOff within 1h
Received: no CrashLoopBackOff after 2.0s: no container restarts in a pod with phase Succeeded

  +0.0s  test  run
  +0.0s  web   Started    Container started
  +0.0s  pod   Ready
> +2.0s  web   exited     0
  +2.0s  pod   unready
  +2.0s  pod   Succeeded`);
  expect(pod.timeline.now).toBe(2000);
});

test('prints under .not the crashes that led to the back-off', async () => {
  const pod = simulated({}, crashing);
  expect(
    await messageOf(() => expect(pod).not.toEnterCrashLoopBackOff()),
  ).toBe(`expect(pod).not.toEnterCrashLoopBackOff()

Expected: no container to enter CrashLoopBackOff within 6m (default: the manifest sets no limit)
Received: web in CrashLoopBackOff (back-off 10s) after 2.0s

  (2 earlier lines left out)
  +0.0s  pod  Ready
  +1.0s  web  exited   1
  +1.0s  pod  unready  containers with unready status: [web]
  +1.0s  web  Started  restart 1, no back-off (first restart)
  +1.0s  pod  Ready
  +2.0s  web  exited   1
  +2.0s  pod  unready  containers with unready status: [web]
> +2.0s  web  BackOff  Back-off restarting failed container web

Cause: web exited 2 times, most recently 1.0s after its start. The first restart has no back-off, and the next ones wait 10s, 20s, 40s … 5m until an instance of web runs for 10m.
Docs:  jest-kubelet/docs/faq/restarts-and-back-off.md#first-crash`);
});
