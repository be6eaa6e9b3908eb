import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { after, CREATED, NEVER } from '../../../src/clock/instant';
import { Simulation } from '../../../src/pod/simulated/simulation';
import { secondsOf, web } from './web';

const readiness = 'readinessProbe: { httpGet: { path: /ready, port: 8080 }, periodSeconds: 5 }';

test('the kubelet sends SIGTERM at the moment of the deletion', async () => {
  const pod = simulatePod(web(), { web: [{ at: '0s' }] });
  pod.advance('10s');
  await pod.delete();
  expect(secondsOf(pod, 'SignalSent')).toEqual(secondsOf(pod, 'DeletionMarked'));
});

test('a terminating pod stays Ready while its readiness probe succeeds', async () => {
  const pod = simulatePod(web(readiness), {
    web: [{ at: '0s', http: { 8080: { '/ready': 200 } }, onTerm: { exitAfter: '20s', code: 0 } }],
  });
  await expect(pod).toBecomeReady();
  pod.advance('10s');
  await pod.delete();
  const [deleted = 0] = secondsOf(pod, 'DeletionMarked');
  const asked = secondsOf(pod, 'ProbeFinished').filter((at) => at > deleted);
  expect(asked.length).toBeGreaterThan(2);
  const statuses = pod.timeline
    .of('StatusPublished')
    .filter(({ at }) => at / 1000 > deleted && at / 1000 < deleted + 19);
  expect(
    statuses.every(({ status }) => status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')),
  ).toBe(true);
});

test('liveness probes stop when the pod is deleted', async () => {
  const liveness = 'livenessProbe: { httpGet: { path: /healthz, port: 8080 }, periodSeconds: 2, failureThreshold: 1 }';
  const pod = simulatePod(web(liveness), {
    web: [
      { at: '0s', http: { 8080: { '/healthz': 200 } }, onTerm: { exitAfter: '25s', code: 0 } },
      { at: '11s', http: { 8080: { '/healthz': 500 } } },
    ],
  });
  pod.advance('11s');
  await pod.delete();
  expect(pod).not.toHaveEvent('Unhealthy');
  expect(pod).toHavePhase('Succeeded');
});

test('a grace period of 0 becomes 2s', async () => {
  const pod = simulatePod(web(), { web: [{ at: '0s', onTerm: { ignore: true } }] });
  await expect(pod).toBecomeReady();
  await pod.delete({ gracePeriodSeconds: 0 });
  const [term = 0, kill = 0] = secondsOf(pod, 'SignalSent');
  expect(kill - term).toBe(2);
});

test('the preStop hook of a sidecar runs immediately, only its SIGTERM waits', async () => {
  const lifecycle = 'lifecycle: { preStop: { exec: { command: [drain] } } }';
  const sidecar = `initContainers: [{ name: proxy, image: "shop/proxy:1", restartPolicy: Always, ${lifecycle} }]`;
  const pod = simulatePod(web('', sidecar), { web: [{ at: '0s', onTerm: { exitAfter: '10s', code: 0 } }] });
  await expect(pod).toBecomeReady();
  await pod.delete();
  const of = (name: string) => pod.timeline.of('SignalSent').find(({ container }) => container === name)?.at;
  expect([secondsOf(pod, 'HookStarted')[0], of('web'), of('proxy')]).toEqual([0, 0, 10_000]);
});

test('a shell without exec takes the whole grace period and exits with 137', async () => {
  const container = 'command: [sh, -c, "node server.js; true"]';
  // A shell that runs as PID 1 ignores SIGTERM.
  const pod = simulatePod(web(container), { web: [{ at: '0s', onTerm: { ignore: true } }] });
  await expect(pod).toBecomeReady();
  await pod.delete();
  expect(pod.timeline.of('ContainerExited')[0]).toMatchObject({ exitCode: 137, reason: 'Error' });
  expect(pod.timeline.now).toBe(30_000);
});

test('SIGTERM is lost if the app does not handle it yet', async () => {
  const pod = simulatePod(web(), {
    web: [
      { at: '0s', onTerm: { ignore: true } },
      { at: '2s', onTerm: { exitAfter: '1s', code: 0 } },
    ],
  });
  pod.advance('1s');
  await pod.delete();
  expect(pod.timeline.of('SignalSent').map(({ signal, at }) => [signal, at])).toEqual([
    ['SIGTERM', 1_000],
    ['SIGKILL', 31_000],
  ]);
});

test('exit code 137 shows a SIGKILL from any sender', async () => {
  const pod = simulatePod(web());
  await expect(pod).toBecomeReady();
  await pod.container('web').kill('SIGKILL');
  await expect(pod).toRestart({ within: '10s' });
  expect(pod.timeline.of('ContainerExited')[0]).toMatchObject({ exitCode: 137, reason: 'Error' });
});

test('a second, shorter delete does not shorten the current grace period', () => {
  const simulation = new Simulation(simulatePod(web()).pod, { web: [{ at: '0s', onTerm: { ignore: true } }] });
  simulation.advance(after(CREATED, 10_000));
  simulation.observe({ kind: 'DeleteRequested', gracePeriodSeconds: 60 });
  simulation.advance(after(CREATED, 15_000));
  simulation.observe({ kind: 'DeleteRequested', gracePeriodSeconds: 5 });
  simulation.advance(NEVER);
  expect(simulation.timeline.of('SignalSent').map(({ signal, at }) => [signal, at])).toEqual([
    ['SIGTERM', 10_000],
    ['SIGKILL', 70_000],
  ]);
});
