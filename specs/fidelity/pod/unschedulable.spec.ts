import { expect, test } from '@jest/globals';
import { kubectl, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../../unit/matchers/messageOf';

const WHY =
  '0/1 nodes are available: 1 Insufficient memory. ' +
  'preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';

function tooBig() {
  const web = { name: 'web', image: 'web:dev', resources: { limits: { memory: '32Gi' } } };
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers: [web] } };
  return simulatePod(manifest, {}, { allocatable: { cpu: '4', memory: '16Gi' } });
}

test('an unschedulable pod stays Pending, without any event of a kubelet', () => {
  const pod = tooBig();
  expect(pod.ended).toBe(true);
  pod.advance('1h');
  expect(pod.status).toMatchObject({
    phase: 'Pending',
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: WHY }],
    containerStatuses: [],
  });
  expect(pod.status.startTime).toBeUndefined();
  expect(pod.events).toMatchObject([
    { kind: 'FailedScheduling', type: 'Warning', from: 'default-scheduler', message: WHY },
  ]);
  expect(kubectl.getPodWatch(pod.timeline, pod.pod).at(-1)).toMatch(/^shop +0\/1 +Pending +0 /);
});

test('a wait for an unschedulable pod ends immediately, with the reason', async () => {
  const pod = tooBig();
  expect(await messageOf(() => expect(pod).toBecomeReady({ within: '5m' }))).toBe(
    `expect(pod).toBecomeReady({ within: '5m' })

Expected: pod to become Ready within 5m
Received: pod not Ready after 0.0s: the pod cannot be scheduled: ${WHY}

> +0.0s  pod   FailedScheduling  ${WHY}
  +0.0s  test  run

Fix:   Lower the resource requests of its containers, or use a container engine with more resources.`,
  );
  expect(pod.timeline.now).toBeLessThan(1_000);
  expect(await messageOf(() => expect(pod).toRestart({ within: '5m' }))).toContain('Received: no restart after 0.0s');
});

test('an unschedulable pod is deleted immediately', async () => {
  const pod = tooBig();
  await pod.delete();
  expect(pod.timeline.of('DeletionMarked')).toMatchObject([{ deletionGracePeriodSeconds: 0, at: 0 }]);
  expect(pod.timeline.of('PodRemoved')).toHaveLength(1);
  expect(pod.timeline.of('SandboxStarted')).toEqual([]);
});
