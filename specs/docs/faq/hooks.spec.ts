import { expect, test } from '@jest/globals';
import { lint, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { secondsOf, web } from './web';

const drain = 'lifecycle: { preStop: { exec: { command: [drain] } } }';

test('a postStart hook that calls the app before it listens restarts the container', async () => {
  const pod = simulatePod(web('lifecycle: { postStart: { httpGet: { path: /warm, port: 8080 } } }'), {
    web: [{ at: '1s', http: { 8080: { '/warm': 200 } } }],
  });
  await expect(pod).toEmitEvent('FailedPostStartHook', { within: '10s' });
  await expect(pod).toRestart({ since: 'start', within: '10s' });
});

test('a postStart hook delays the probes and the deletion', async () => {
  const container = `lifecycle: { postStart: { exec: { command: [warm] } } }
    livenessProbe: { exec: { command: [check] }, periodSeconds: 5 }`;
  const pod = simulatePod(web(container), { web: [{ at: '0s', exec: { warm: { takes: '60s' } } }] });
  pod.advance('5s');
  await pod.delete();
  expect(secondsOf(pod, 'DeletionMarked')).toEqual([5]);
  expect(secondsOf(pod, 'SignalSent')[0]).toBeGreaterThanOrEqual(60);
  expect(secondsOf(pod, 'ProbeFinished').filter((at) => at < 60)).toEqual([]);
});

test('a postStart hook that fails restarts its container', async () => {
  const pod = simulatePod(web('lifecycle: { postStart: { exec: { command: [warm] } } }'), {
    web: [{ at: '0s', exec: { warm: 1 } }],
  });
  await expect(pod).toRestart({ within: '10s' });
  expect(pod.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['FailedPostStartHook', 'Killing']));
});

test('an HTTP hook succeeds although the server returns 404', async () => {
  const pod = simulatePod(web('lifecycle: { preStop: { httpGet: { path: /drian, port: 8080 } } }'), {
    web: [{ at: '0s', http: { 8080: { '/drain': 200 } } }],
  });
  await expect(pod).toBecomeReady();
  await pod.delete();
  expect(pod).not.toHaveEvent('FailedPreStopHook');
  expect(lint(web('lifecycle: { preStop: { httpGet: { path: /drian, port: 8080 } } }')).findings[0]?.code).toBe(
    'http-hook-status-ignored',
  );
});

test('a tcpSocket hook passes validation and always fails', async () => {
  const pod = simulatePod(web('lifecycle: { preStop: { tcpSocket: { port: 8080 } } }'), {
    web: [{ at: '0s', tcp: { 8080: 'open' } }],
  });
  await expect(pod).toBecomeReady();
  await pod.delete();
  expect(pod).toHaveEvent('FailedPreStopHook');
});

test('preStop runs if the kubelet stops the container, not if it exits on its own', async () => {
  const crashing = simulatePod(web(drain), { web: [{ at: '10s', run: 1, exit: 1 }] });
  await expect(crashing).toRestart({ within: '1m' });
  expect(secondsOf(crashing, 'HookStarted')).toEqual([]);
  await crashing.delete();
  expect(secondsOf(crashing, 'HookStarted')).toHaveLength(1);
});

test('the time of preStop is deducted from the grace period', async () => {
  const pod = simulatePod(web(drain), {
    web: [{ at: '0s', exec: { drain: { takes: '25s' } }, onTerm: { ignore: true } }],
  });
  await expect(pod).toBecomeReady();
  await pod.delete();
  expect(secondsOf(pod, 'SignalSent')).toEqual([25, 30]);
});

test('preStop waits without a shell only with the sleep action', async () => {
  const noSleep = { web: [{ at: '0s', exec: { 'sleep 10': 126 } }] };
  const withExec = simulatePod(web('lifecycle: { preStop: { exec: { command: [sleep, "10"] } } }'), noSleep);
  await expect(withExec).toBecomeReady();
  await withExec.delete();
  expect(withExec).toHaveEvent('FailedPreStopHook');
  expect(secondsOf(withExec, 'SignalSent')).toEqual([0]);

  const withAction = simulatePod(web('lifecycle: { preStop: { sleep: { seconds: 10 } } }'), noSleep);
  await expect(withAction).toBecomeReady();
  await withAction.delete();
  expect(secondsOf(withAction, 'SignalSent')).toEqual([10]);
});

test('the app gets 2s after SIGTERM if preStop exceeds the grace period', async () => {
  const pod = simulatePod(web(drain, 'terminationGracePeriodSeconds: 5'), {
    web: [{ at: '0s', exec: { drain: { takes: '1000s' } }, onTerm: { ignore: true } }],
  });
  await expect(pod).toBecomeReady();
  await pod.delete();
  expect(secondsOf(pod, 'SignalSent')).toEqual([5, 7]);
});

test('a preStop hook that stops the app is reported as failed, with exit code 0', async () => {
  const pod = simulatePod(web('lifecycle: { preStop: { exec: { command: [nginx, -s, quit] } } }'), {
    web: [
      { at: '0s', exec: { 'nginx -s quit': { takes: '5s' } } },
      { at: '12s', exit: 0 },
    ],
  });
  pod.advance('10s');
  await pod.delete();
  expect(pod).toHaveEvent('FailedPreStopHook');
  expect(pod.timeline.of('ContainerExited')[0]).toMatchObject({ exitCode: 0 });
  expect(pod).toHavePhase('Succeeded');
});
