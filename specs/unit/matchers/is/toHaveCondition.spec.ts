import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { answering, HEALTHZ, simulated } from '../simulated';

const pod = simulated({ readinessProbe: HEALTHZ }, { web: answering(['0s', 503]) });
pod.advance('30s');

test('finds a condition by type, status and other fields', () => {
  expect(pod).toHaveCondition('Initialized');
  expect(pod).toHaveCondition('Ready', 'False');
  expect(pod).toHaveCondition('Ready', { status: 'False', reason: 'ContainersNotReady', message: /\[web\]/ });
  expect(pod).not.toHaveCondition('Ready');
  expect(pod).not.toHaveCondition('Ready', { status: 'False', message: '[db]' });
});

test('prints the received condition, and since when it holds this value', async () => {
  expect(await messageOf(() => expect(pod).toHaveCondition('Ready'))).toBe(`expect(pod).toHaveCondition('Ready')

Expected: pod to have condition Ready True
Received: condition Ready False, ContainersNotReady (containers with unready status: [web]) after 0.0s: the readiness probe of web fails (HTTP probe failed with statuscode: 503)

   +0.0s  test  run
   +0.0s  web   Started    Container started
  +30.0s  web   Unhealthy  readiness probe failed (5/3): HTTP probe failed with statuscode: 503`);
});

test('prints the existing conditions if the type is unknown', async () => {
  expect(
    await messageOf(() => expect(pod).toHaveCondition('Redy', 'True')),
  ).toBe(`expect(pod).toHaveCondition('Redy', 'True')

Expected: pod to have condition Redy True
Received: no condition Redy after 30.0s: the pod has only PodReadyToStartContainers, Initialized, Ready, ContainersReady, PodScheduled

   +0.0s  test  run
   +0.0s  web   Started    Container started
  +30.0s  web   Unhealthy  readiness probe failed (5/3): HTTP probe failed with statuscode: 503

The readiness probe runs every 10s. None of its 5 attempts since +0.0s succeeded.`);
});

test('prints the matching condition under .not', async () => {
  expect(
    await messageOf(() => expect(pod).not.toHaveCondition('Ready', { status: 'False' })),
  ).toBe(`expect(pod).not.toHaveCondition('Ready', { status: 'False' })

Expected: pod not to have condition Ready { status: 'False' }
Received: condition Ready False, ContainersNotReady (containers with unready status: [web]) after 0.0s: the readiness probe of web fails (HTTP probe failed with statuscode: 503)

   +0.0s  test  run
   +0.0s  web   Started    Container started
  +30.0s  web   Unhealthy  readiness probe failed (5/3): HTTP probe failed with statuscode: 503`);
});

test('rejects an unknown status', async () => {
  const message = await messageOf(() => expect(pod).not.toHaveCondition('Ready', 'true' as 'True'));
  expect(message.split('Matcher error: ')[1]).toBe("condition must be one of True, False, Unknown, received 'true'");
});
