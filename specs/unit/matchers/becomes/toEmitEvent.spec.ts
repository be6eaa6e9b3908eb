import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { answering, HEALTHZ, simulated } from '../simulated';

const dying = () => simulated({ livenessProbe: HEALTHZ }, { web: answering(['0s', 200], ['15s', 503]) });

test('waits for an event with this reason and these fields', async () => {
  const pod = dying();
  await expect(pod).not.toEmitEvent('Unhealthy', { within: '15s' });
  await expect(pod).toEmitEvent({ reason: 'Unhealthy', message: /statuscode: 503/ }, { within: '10s' });
  await expect(pod).toEmitEvent('Unhealthy', { times: 3 });
  await expect(pod).toEmitEvent('Killing');
});

test('ignores an event before the last action of the test', async () => {
  const pod = simulated({ lifecycle: { preStop: { sleep: { seconds: 5 } } } });
  await expect(pod).toEmitEvent('Started', { within: '1s' });
  await pod.delete();
  await expect(pod).not.toEmitEvent('Started');
  await expect(pod).toEmitEvent('Started', { since: 'start' });
  await expect(pod).toEmitEvent('Killing');
});

test('prints the events that happened instead', async () => {
  expect(
    await messageOf(() => expect(dying()).toEmitEvent('BackOff', { within: '30s' })),
  ).toBe(`expect(pod).toEmitEvent('BackOff', { within: '30s' })

Expected: pod to emit event BackOff within 30s
Received: no matching event after 30.0s: the pod has only Pulling, Pulled, Created, Started, Unhealthy

   +0.0s  test  run
   +0.0s  web   Started    Container started
   +0.0s  pod   Ready
  +30.0s  web   Unhealthy  liveness probe failed (2/3): HTTP probe failed with statuscode: 503`);
});

test('prints an event with the same reason and other fields', async () => {
  const wanted = { reason: 'Unhealthy', message: '404' } as const;
  expect(
    await messageOf(() => expect(dying()).toEmitEvent(wanted, { times: 2, within: '30s' })),
  ).toBe(`expect(pod).toEmitEvent({ reason: 'Unhealthy', message: '404' }, { times: 2, within: '30s' })

Expected: pod to emit event { reason: 'Unhealthy', message: '404' } 2 times within 30s
Received: no matching event after 30.0s: 2 events have this reason, but their other fields differ

   +0.0s  test  run
   +0.0s  web   Started    Container started
   +0.0s  pod   Ready
  +30.0s  web   Unhealthy  liveness probe failed (2/3): HTTP probe failed with statuscode: 503`);
});

test('prints the event under .not', async () => {
  expect(
    await messageOf(() => expect(dying()).not.toEmitEvent('Killing', { within: '1m' })),
  ).toBe(`expect(pod).not.toEmitEvent('Killing', { within: '1m' })

Expected: pod not to emit event Killing within 1m
Received: event Killing of web after 40.0s

   +0.0s  test  run
   +0.0s  web   Started    Container started
   +0.0s  pod   Ready
  +40.0s  web   Unhealthy  liveness probe failed (3/3): HTTP probe failed with statuscode: 503
> +40.0s  web   Killing    Container web failed liveness probe, will be restarted (grace period 30s)
  +40.0s  web   exited     143, 0.0s after SIGTERM
  +40.0s  web   Started    restart 1, no back-off (first restart)

3 failures × 10s: web was killed 30.0s after its liveness probe last succeeded.

Cause: The pod stayed Ready, so web kept receiving requests. A failing liveness probe does not remove a pod from its Services.
Docs:  jest-kubelet/docs/faq/endpoints.md#liveness-and-ready`);
});
