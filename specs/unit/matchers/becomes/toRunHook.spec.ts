import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { DB, simulated } from '../simulated';

const quit = { exec: { command: ['nginx', '-s', 'quit'] } };
const migrate = { exec: { command: ['migrate'] } };

test('passes once the hook has succeeded', async () => {
  const pod = simulated(
    { lifecycle: { postStart: migrate, preStop: { sleep: { seconds: 5 } } } },
    { web: [{ at: '0s', exec: { migrate: { takes: '3s' } } }] },
  );
  await expect(pod).not.toRunHook('postStart', { within: '2s' });
  await expect(pod).toRunHook('postStart', { container: 'web' });
  await expect(pod.delete()).toTerminateGracefully();
  await expect(pod).toRunHook('preStop');
});

test('prints immediately why the hook failed', async () => {
  const pod = simulated({ lifecycle: { postStart: { tcpSocket: { port: 80 } } } });
  expect(
    await messageOf(() => expect(pod).toRunHook('postStart', { within: '1h' })),
  ).toBe(`expect(pod).toRunHook('postStart', { within: '1h' })

Expected: a postStart hook to succeed within 1h
Received: the postStart hook of web failed after 0.0s: Cannot run handler: invalid handler: &LifecycleHandler{Exec:nil,HTTPGet:nil,TCPSocket:&TCPSocketAction{Port:{0 80 },Host:,},Sleep:nil,}

  +0.0s  test  run
  +0.0s  web   Started              Container started
> +0.0s  web   FailedPostStartHook  failed after 0.0s: Cannot run handler: invalid handler: &LifecycleHandler{Exec:nil,HTTPGet:nil,TCPSocket:&TCPSocketAction{Port:{0 80 },Host:,},Sleep:nil,}
  +0.0s  web   Killing              FailedPostStartHook (grace period 30s)
  +0.0s  web   exited               143, 0.0s after SIGTERM
  (5 later lines left out)

Cause: A postStart hook with tcpSocket passes validation but always fails.
Fix:   Use exec, httpGet or sleep.
Docs:  jest-kubelet/docs/faq/hooks.md#tcp-hook`);
  expect(pod.timeline.now).toBeLessThan(60_000);
});

test('fails after a failed run, even if a later run succeeds', async () => {
  const web = [
    { run: 1, at: '0s', exec: { migrate: 1 } },
    { run: '2+', at: '0s', exec: { migrate: 0 } },
  ];
  const pod = simulated({ lifecycle: { postStart: migrate } }, { web });
  pod.advance('1m');
  await expect(pod).not.toRunHook('postStart', { within: '1s' });
  expect(await messageOf(() => expect(pod).toRunHook('postStart', { times: 2 }))).toContain(
    "failed - error: command 'migrate' exited with 1",
  );
});

test('accepts a preStop hook that ended because its container exited with 0', async () => {
  const web = [
    { at: '0s', exec: { 'nginx -s quit': { code: 137, takes: '80ms' } } },
    { at: '10s', exit: 0 },
  ];
  const pod = simulated({ lifecycle: { preStop: { exec: { command: ['nginx', '-s', 'quit'] } } } }, { web });
  pod.advance('9950ms');
  await pod.delete();
  expect(pod).toHaveEvent('FailedPreStopHook');
  await expect(pod).toRunHook('preStop');
  expect(await messageOf(() => expect(pod).not.toRunHook('preStop'))).toBe(`expect(pod).not.toRunHook('preStop')

Expected: no preStop hook to succeed
Received: the preStop hook of web ended with its container after 10.0s: web exited with 0 during its preStop hook, so FailedPreStopHook is harmless

   +0.0s  test  run
   +0.0s  web   Started            Container started
   +0.0s  pod   Ready
   +9.9s  test  delete
   +9.9s  pod   deleted            grace period 30s
   +9.9s  web   Killing            Stopping container web
  +10.0s  web   exited             0
> +10.0s  web   FailedPreStopHook  failed after 0.1s: the container exited while its hook ran
  +10.0s  pod   Succeeded
  +10.0s  pod   removed

Cause: web exited with 0 during its preStop hook and ended its exec, so FailedPreStopHook is harmless.
Docs:  jest-kubelet/docs/faq/hooks.md#failed-pre-stop-exit-0`);
});

test('fails if a preStop hook fails while its container keeps running', async () => {
  const pod = simulated({ lifecycle: { preStop: quit } }, { web: [{ at: '0s', exec: { 'nginx -s quit': 1 } }] });
  await pod.delete();
  expect(await messageOf(() => expect(pod).toRunHook('preStop'))).toBe(`expect(pod).toRunHook('preStop')

Expected: a preStop hook to succeed
Received: no preStop hook succeeded after 0.0s: the pod was removed

  +0.0s  test  run
  +0.0s  test  delete
  +0.0s  pod   deleted  grace period 30s
  +0.0s  pod   Failed
> +0.0s  pod   removed`);
});

test('fails if a preStop hook exceeds the grace period', async () => {
  const pod = simulated(
    { lifecycle: { preStop: { sleep: { seconds: 20 } } } },
    {},
    { terminationGracePeriodSeconds: 20 },
  );
  const late = simulated(
    { lifecycle: { preStop: quit } },
    { web: [{ at: '0s', exec: { 'nginx -s quit': { takes: '1m' } } }] },
  );
  pod.advance('5s');
  late.advance('5s');
  await pod.delete();
  await expect(pod).toRunHook('preStop');
  await late.delete();
  expect(await messageOf(() => expect(late).toRunHook('preStop'))).toBe(`expect(pod).toRunHook('preStop')

Expected: a preStop hook to succeed
Received: the preStop hook of web is still running after 35.0s: the grace period ended first

   +0.0s  test  run
   +0.0s  web   Started            Container started
   +0.0s  pod   Ready
   +5.0s  test  delete
   +5.0s  pod   deleted            grace period 30s
   +5.0s  web   Killing            Stopping container web
> +35.0s  web   SIGTERM            grace period 2s, preStop hook still running after 30.0s
  +35.0s  web   exited             143, 0.0s after SIGTERM
  +35.0s  web   FailedPreStopHook  PreStopHook failed
  (2 later lines left out)

Cause: The preStop hook counts against terminationGracePeriodSeconds, so web gets only the rest.
Fix:   Shorten the hook, or raise terminationGracePeriodSeconds.
Docs:  jest-kubelet/docs/faq/hooks.md#pre-stop-and-grace`);
});

test('reports that no preStop hook runs if the container is not stopped', async () => {
  const pod = simulated({ lifecycle: { preStop: quit } });
  expect(
    await messageOf(() => expect(pod).toRunHook('preStop', { within: '10s' })),
  ).toBe(`expect(pod).toRunHook('preStop', { within: '10s' })

Expected: a preStop hook to succeed within 10s
Received: no preStop hook succeeded after 10.0s: a preStop hook runs only if the kubelet stops its container

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready`);
});

test('rejects a hook that no container has', async () => {
  const pod = simulated({}, {}, { containers: [{ name: 'web', image: 'web:dev', lifecycle: { preStop: quit } }, DB] });
  expect(await messageOf(() => expect(pod).not.toRunHook('postStart'))).toBe(`expect(pod).not.toRunHook('postStart')

Matcher error: no container of pod shop has a postStart hook`);
  expect(
    await messageOf(() => expect(pod).not.toRunHook('preStop', { container: 'db' })),
  ).toBe(`expect(pod).not.toRunHook('preStop', { container: 'db' })

Matcher error: container db has no preStop hook. Containers with one: web`);
});
