import { expect, test } from '@jest/globals';
import { kubectl, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { secondsOf, web } from './web';

test('a container that exits with 0 enters CrashLoopBackOff under restartPolicy Always', async () => {
  const pod = simulatePod(web('command: ["true"]'), { web: [{ at: '1s', exit: 0 }] });
  pod.advance('5m');
  expect(kubectl.getPodWatch(pod.timeline, pod.pod)).toContainEqual(expect.stringContaining('CrashLoopBackOff'));
});

test('the first restart is immediate, the next ones wait 10s, 20s, 40s … 300s', () => {
  const pod = simulatePod(web(), { web: [{ at: '1s', exit: 1 }] });
  pod.advance('30m');
  const starts = secondsOf(pod, 'Started');
  const pauses = secondsOf(pod, 'ContainerExited').map((exit, index) => (starts[index + 1] ?? 0) - exit);
  expect(pauses.slice(0, 8)).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
});

test('the back-off resets only after an instance runs for more than 10m', () => {
  const pauses = (upFor: string) => {
    const pod = simulatePod(web(), { web: [{ at: upFor, exit: 1 }] });
    pod.advance('1h');
    const starts = secondsOf(pod, 'Started');
    return secondsOf(pod, 'ContainerExited').map((exit, index) => (starts[index + 1] ?? exit) - exit);
  };
  expect(pauses('5m').slice(0, 4)).toEqual([0, 10, 20, 40]);
  expect(pauses('11m').slice(0, 4)).toEqual([0, 0, 0, 0]);
});

test('the first restarts by a liveness probe do not wait in back-off', () => {
  const probe = 'livenessProbe: { httpGet: { path: /healthz, port: 8080 }, periodSeconds: 10 }';
  const pod = simulatePod(web(probe), { web: [{ at: '0s', http: { 8080: { '/healthz': 500 } } }] });
  pod.advance('5m');
  const starts = secondsOf(pod, 'Started');
  const pauses = secondsOf(pod, 'ContainerExited').map((exit, index) => (starts[index + 1] ?? exit) - exit);
  expect(pauses.slice(0, 4)).toEqual([0, 0, 0, 0]);
});

test('a pod with OnFailure succeeds if a liveness restart ends with exit code 0', async () => {
  const probe = 'livenessProbe: { httpGet: { path: /healthz, port: 8080 }, periodSeconds: 5 }';
  const pod = simulatePod(web(probe, 'restartPolicy: OnFailure'), {
    web: [{ at: '0s', http: { 8080: { '/healthz': 500 } }, onTerm: { exitAfter: '1s', code: 0 } }],
  });
  await expect(pod).toReachPhase('Succeeded', { within: '10m' });
  expect(pod).toHaveEvent('BackOff');
});

test('init containers run once, however often the app crashes', () => {
  const init = 'initContainers: [{ name: migrate, image: "shop/migrate:1" }]';
  const pod = simulatePod(web('', init), {
    migrate: [{ at: '2s', exit: 0 }],
    web: [{ at: '5s', exit: 1 }],
  });
  pod.advance('5m');
  const startsOf = (name: string) => pod.timeline.of('Started').filter(({ container }) => container === name).length;
  expect([startsOf('migrate'), startsOf('web')]).toEqual([1, 6]);
});

test.each([
  ['Always', 'Pending', 'Init:CrashLoopBackOff'],
  ['OnFailure', 'Pending', 'Init:CrashLoopBackOff'],
  ['Never', 'Failed', 'Init:Error'],
])('a failed init container with restartPolicy %s leaves the pod %s', (policy, phase, shown) => {
  const init = `restartPolicy: ${policy}\ninitContainers: [{ name: migrate, image: "shop/migrate:1" }]`;
  const pod = simulatePod(web('', init), { migrate: [{ at: '2s', exit: 1 }] });
  pod.advance('5m');
  expect(pod.status.phase).toBe(phase);
  expect(kubectl.getPodWatch(pod.timeline, pod.pod)).toContainEqual(expect.stringContaining(shown));
});

test('a pod in CrashLoopBackOff is Running, one without its first image is Pending', () => {
  const crashing = simulatePod(web(), { web: [{ at: '1s', exit: 1 }] });
  crashing.advance('20s');
  expect(crashing.status).toMatchObject({ phase: 'Running' });

  const pulling = simulatePod(web(), { web: [{ at: '0s', imagePull: 'fails' }] });
  pulling.advance('20s');
  expect(pulling.status).toMatchObject({ phase: 'Pending' });
});
