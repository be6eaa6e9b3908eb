import { describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { answering, DB, HEALTHZ, simulated } from '../simulated';

const deaf = { web: [{ at: '0s', onTerm: { ignore: true } }] };

test('accepts the promise of delete() and a deleted pod', async () => {
  const pod = simulated({}, { web: [{ at: '0s', onTerm: { exitAfter: '12s', code: 0 } }] });
  pod.advance('5s');
  await expect(pod.delete()).toTerminateGracefully();
  await expect(pod).toTerminateGracefully();
  await expect(pod).toTerminateGracefully({ container: 'web', since: 'start' });
});

test('fails if a container needs SIGKILL', async () => {
  const pod = simulated({}, deaf);
  pod.advance('5s');
  expect(await messageOf(() => expect(pod.delete()).toTerminateGracefully())).toBe(`expect(pod).toTerminateGracefully()

Expected: every stopped container to exit gracefully
Received: web got SIGKILL after 35.0s: it was still running 30s after SIGTERM

   +0.0s  test  run
   +0.0s  web   Started  Container started
   +0.0s  pod   Ready
   +5.0s  test  delete
   +5.0s  pod   deleted  grace period 30s
   +5.0s  web   Killing  Stopping container web (grace period 30s)
> +35.0s  web   SIGKILL  30.0s after SIGTERM
  +35.0s  web   exited   137, 0.0s after SIGKILL
  +35.0s  pod   Failed
  (1 later line left out)

Grace period 30s: SIGKILL came 30.0s after SIGTERM.

Cause: The main process of web did not exit at its stop signal, and PID 1 gets only signals that it handles.
Fix:   Add a handler for the stop signal that exits.
Docs:  jest-kubelet/docs/faq/shutdown.md#pid-1-default-signals`);
});

test('reports a preStop hook that uses up most of the grace period', async () => {
  const pod = simulated(
    { lifecycle: { preStop: { sleep: { seconds: 27 } } } },
    { web: [{ at: '0s', onTerm: { exitAfter: '10s', code: 0 } }] },
  );
  pod.advance('5s');
  expect(await messageOf(() => expect(pod.delete()).toTerminateGracefully())).toBe(`expect(pod).toTerminateGracefully()

Expected: every stopped container to exit gracefully
Received: web got SIGKILL after 35.0s: it was still running 3s after SIGTERM, because its preStop hook used 27s of the grace period

  (1 earlier line left out)
   +0.0s  web   Started  Container started
   +0.0s  pod   Ready
   +5.0s  test  delete
   +5.0s  pod   deleted  grace period 30s
   +5.0s  web   Killing  Stopping container web
  +32.0s  web   preStop  succeeded after 27.0s
  +32.0s  web   SIGTERM  grace period 3s
> +35.0s  web   SIGKILL  3.0s after SIGTERM
  +35.0s  web   exited   137, 0.0s after SIGKILL
  +35.0s  pod   Failed
  (1 later line left out)

Grace period 30s: preStop used 27.0s of it, and SIGKILL came 3.0s after SIGTERM.

Cause: The preStop hook counts against terminationGracePeriodSeconds, so web gets only the rest.
Fix:   Shorten the hook, or raise terminationGracePeriodSeconds.
Docs:  jest-kubelet/docs/faq/hooks.md#pre-stop-and-grace`);
});

test('checks every container, or the named one', async () => {
  const pod = simulated(
    {},
    { db: [{ at: '0s', onTerm: { ignore: true } }] },
    { containers: [{ name: 'web', image: 'web:dev' }, DB] },
  );
  pod.advance('5s');
  await pod.delete();
  await expect(pod).toTerminateGracefully({ container: 'web' });
  await expect(pod).not.toTerminateGracefully({ container: 'db' });
  await expect(pod).not.toTerminateGracefully();
});

test('reports that no container was running if all had exited', async () => {
  const pod = simulated({}, { web: [{ at: '1s', exit: 0 }] }, { restartPolicy: 'Never' });
  pod.advance('5s');
  expect(await messageOf(() => expect(pod.delete()).toTerminateGracefully())).toBe(`expect(pod).toTerminateGracefully()

Expected: every stopped container to exit gracefully
Received: no container stopped after 5.0s: no container was running

  (1 earlier line left out)
  +0.0s  web   Started    Container started
  +0.0s  pod   Ready
  +1.0s  web   exited     0
  +1.0s  pod   unready
  +1.0s  pod   Succeeded
  +5.0s  test  delete
  +5.0s  pod   deleted    grace period 0s
> +5.0s  pod   removed`);
});

test('checks the stopped container if the pod keeps running', async () => {
  const failing = answering(['0s', 200], ['15s', 503]);
  const web = { livenessProbe: HEALTHZ };
  await expect(simulated(web, { web: failing })).toTerminateGracefully();
  const stuck = simulated(web, { web: [...failing, { at: '1s', onTerm: { ignore: true } }] });
  await expect(stuck).not.toTerminateGracefully();
  expect(
    await messageOf(() => expect(simulated(web)).toTerminateGracefully({ within: '5s' })),
  ).toBe(`expect(pod).toTerminateGracefully({ within: '5s' })

Expected: every stopped container to exit gracefully within 5s
Received: no container stopped after 5.0s: the kubelet has not stopped a container yet

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready`);
});

test('prints under .not how each container exited', async () => {
  const pod = simulated({});
  pod.advance('5s');
  expect(
    await messageOf(() => expect(pod.delete()).not.toTerminateGracefully()),
  ).toBe(`expect(pod).not.toTerminateGracefully()

Expected: not every stopped container to exit gracefully
Received: web exited with 143 after 5.0s

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready
  +5.0s  test  delete
  +5.0s  pod   deleted  grace period 30s
  +5.0s  web   Killing  Stopping container web (grace period 30s)
> +5.0s  web   exited   143, 0.0s after SIGTERM
  +5.0s  pod   Failed
  +5.0s  pod   removed`);
});

test('throws if the run is aborted during the deletion, also under .not', async () => {
  const broken = () => Promise.reject(new Error('the container engine does not answer any more'));
  const message = 'No result: the run was aborted: the container engine does not answer any more';
  expect(await messageOf(() => expect(broken()).toTerminateGracefully())).toBe(
    `expect(pod).toTerminateGracefully()\n\n${message}`,
  );
  expect(await messageOf(() => expect(broken()).not.toTerminateGracefully())).toBe(
    `expect(pod).not.toTerminateGracefully()\n\n${message}`,
  );
});

describe('exit code of toTerminateGracefully', () => {
  const stopped = (code: number) => {
    const pod = simulated({}, { web: [{ at: '0s', onTerm: { exitAfter: '1s', code } }] });
    pod.advance('5s');
    return pod.delete();
  };

  test.each([0, 143])('accepts %i', async (code) => {
    await expect(stopped(code)).toTerminateGracefully();
  });

  test('rejects the exit code of a handler that throws', async () => {
    expect(await messageOf(() => expect(stopped(1)).toTerminateGracefully())).toBe(`expect(pod).toTerminateGracefully()

Expected: every stopped container to exit gracefully
Received: web exited with 1 after 6.0s: a graceful exit has code 0 or 143

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready
  +5.0s  test  delete
  +5.0s  pod   deleted  grace period 30s
  +5.0s  web   Killing  Stopping container web (grace period 30s)
> +6.0s  web   exited   1, 1.0s after SIGTERM
  +6.0s  pod   Failed
  +6.0s  pod   removed

Fix:   Make the SIGTERM handler of web exit with 0, or pass { exitCode: 1 } if that code is intended.`);
  });

  test('accepts only the given code', async () => {
    await expect(stopped(3)).toTerminateGracefully({ exitCode: 3 });
    expect(await messageOf(() => expect(stopped(0)).toTerminateGracefully({ exitCode: 3 }))).toContain(
      `Expected: every stopped container to exit gracefully with code 3
Received: web exited with 0 after 6.0s: the exit code must be 3`,
    );
    expect(await messageOf(() => expect(stopped(0)).toTerminateGracefully({ exitCode: -1 }))).toContain(
      'exitCode must be an exit code from 0 to 255, received -1',
    );
  });
});
