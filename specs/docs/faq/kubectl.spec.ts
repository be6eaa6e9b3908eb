import { expect, test } from '@jest/globals';
import { kubectl, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { web } from './web';

test('STATUS shows the first waiting or terminated container by name', () => {
  const two = `
apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
  containers:
    - { name: web, image: "shop/web:1" }
    - { name: agent, image: "shop/agent:1" }
`;
  const pod = simulatePod(two, {
    web: [{ at: '0s', imagePull: 'fails' }],
    agent: [{ at: '1s', exit: 3 }],
  });
  pod.advance('5m');
  const statuses = new Set(kubectl.getPodWatch(pod.timeline, pod.pod).map((row) => row.split(/\s+/)[2]));
  // The status is that of `agent`, although the image of `web` cannot be pulled.
  expect(statuses).toContain('CrashLoopBackOff');
  expect(statuses).toContain('Error');
});

test('Init:0/N counts the sidecars too', () => {
  const sidecar = '{ name: proxy, image: "shop/proxy:1", restartPolicy: Always }';
  const init = `initContainers: [{ name: migrate, image: "shop/migrate:1" }, ${sidecar}]`;
  const pod = simulatePod(web('', init));
  pod.advance('1s');
  expect(kubectl.getPodWatch(pod.timeline, pod.pod).at(-1)).toMatch(/Init:0\/2/);
});

test('restartCount counts container instances, and no failed image pulls', () => {
  const crashing = simulatePod(web(), { web: [{ at: '1s', exit: 0 }] });
  crashing.advance('12s');
  expect(crashing.status.containerStatuses[0]?.restartCount).toBe(2);

  const pulling = simulatePod(web(), { web: [{ at: '0s', imagePull: 'fails' }] });
  pulling.advance('10m');
  expect(pulling.status.containerStatuses[0]?.restartCount).toBe(0);
});

test('the output of a failed postStart hook is only in the waiting message', () => {
  const pod = simulatePod(web('lifecycle: { postStart: { exec: { command: [warm] } } }'), {
    web: [{ at: '0s', exec: { warm: 3 } }],
  });
  pod.advance('15s');
  const messages = pod.timeline
    .of('StatusPublished')
    .flatMap(({ status }) => status.containerStatuses[0]?.state.waiting ?? []);
  expect(messages).toContainEqual({ reason: 'PostStartHookError', message: expect.stringContaining('exited with 3') });
  expect(pod.events.filter(({ kind }) => kind === 'FailedPostStartHook')[0]?.message).toBe('PostStartHook failed');
});
