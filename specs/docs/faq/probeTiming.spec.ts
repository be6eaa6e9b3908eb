import { expect, test } from '@jest/globals';
import { profiles, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { secondsOf, web } from './web';

test('the first probe runs between 0 and 1 period after its initial delay', () => {
  const probe = 'livenessProbe: { exec: { command: [check] }, initialDelaySeconds: 5, periodSeconds: 10 }';
  // The longer the pull, the later the container starts within the ticks of its probe.
  const firsts = [0, 2_000, 4_000, 6_000, 8_000].map((pullMs) => {
    const pod = simulatePod(web(probe), {}, { profile: { ...profiles.ideal, pullMs } });
    pod.advance('30s');
    return (secondsOf(pod, 'ProbeFinished')[0] ?? 0) - (secondsOf(pod, 'Started')[0] ?? 0);
  });
  expect(firsts).toEqual([10, 8, 6, 14, 12]);
});

test('a probe fails if the response takes longer than 1s, the default timeout', async () => {
  const pod = simulatePod(web('livenessProbe: { exec: { command: [check] } }'), {
    web: [{ at: '0s', exec: { check: { code: 0, takes: '1200ms' } } }],
  });
  expect(pod.pod.spec.containers[0]?.livenessProbe).toMatchObject({ timeoutSeconds: 1, failureThreshold: 3 });
  await expect(pod).toRestart({ because: 'liveness', within: '1m' });
});

test('a probe runs again only after a response or a timeout', async () => {
  const probe = 'livenessProbe: { exec: { command: [check] }, periodSeconds: 1, timeoutSeconds: 5 }';
  const pod = simulatePod(web(probe), { web: [{ at: '0s', exec: { check: { takes: 'forever' } } }] });
  await expect(pod).toRestart({ because: 'liveness', within: '1m' });
  const [first = 0, second = 0] = secondsOf(pod, 'ProbeFinished');
  expect(second - first).toBe(5);
  expect(secondsOf(pod, 'Killing')[0]).toBeGreaterThanOrEqual(15);
});

test('probe failures before a crash still count after it', async () => {
  const pod = simulatePod(web('livenessProbe: { exec: { command: [check] }, failureThreshold: 3 }'), {
    web: [
      { at: '0s', exec: { check: 1 } },
      { at: '25s', run: 1, exit: 1 },
    ],
  });
  await expect(pod).toRestart({ because: 'liveness', within: '1m' });
  // Two failures, the crash at 25s, and one failure more: the back-off holds the next instance up.
  expect(secondsOf(pod, 'Unhealthy')).toEqual([10, 20, 30]);
  expect(secondsOf(pod, 'Killing')).toEqual([30]);
  expect(secondsOf(pod, 'Started')).toEqual([0, 25, 40]);
});

test('a readiness probe runs more often than its period until the pod is Ready', () => {
  const pod = simulatePod(web('readinessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 10 }'));
  pod.advance('1m');
  expect(pod.timeline.of('ProbeFinished').length).toBeGreaterThan(7);
});

test('each failure emits an Unhealthy event, and a recovery emits none', async () => {
  const pod = simulatePod(web('livenessProbe: { exec: { command: [check] }, failureThreshold: 3 }'), {
    web: [
      { at: '15s', exec: { check: 1 } },
      { at: '35s', exec: { check: 0 } },
    ],
  });
  pod.advance('10m');
  expect(secondsOf(pod, 'Unhealthy')).toEqual([20, 30]);
  expect(pod.events.at(-1)?.kind).toBe('Unhealthy');
  expect(pod.status.containerStatuses[0]?.restartCount).toBe(0);
});

test('a probe that cannot run neither fails nor succeeds', async () => {
  const liveness = 'livenessProbe: { httpGet: { path: /healthz, port: http } }';
  const pod = simulatePod(web(liveness), {}, { allow: ['unknown-port'] });
  await expect(pod).not.toRestart({ within: '1h' });
  expect(pod).toHaveEvent({ reason: 'Unhealthy', message: 'Liveness probe errored' });
});
