import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { answering, HEALTHZ, simulated } from '../simulated';

const pod = simulated({ livenessProbe: HEALTHZ }, { web: answering(['0s', 200], ['15s', 503]) });
pod.advance('45s');

test('finds events in order, regardless of events between them', () => {
  expect(pod).toHaveEventsInOrder(['Scheduled', 'Started', 'Unhealthy', 'Killing', 'Started']);
  expect(pod).toHaveEventsInOrder([{ reason: 'Unhealthy', message: '503' }, 'Killing']);
  expect(pod).not.toHaveEventsInOrder(['Killing', 'Unhealthy']);
});

test('prints the missing event and the event before it', async () => {
  expect(
    await messageOf(() => expect(pod).toHaveEventsInOrder(['Started', 'Killing', 'BackOff'])),
  ).toBe(`expect(pod).toHaveEventsInOrder([ 'Started', 'Killing', 'BackOff' ])

Expected: pod to have events Started, then Killing, then BackOff
Received: no event BackOff following Killing after 40.0s

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
  expect(
    await messageOf(() => expect(pod).toHaveEventsInOrder(['Killing', { reason: 'Unhealthy' }])),
  ).toBe(`expect(pod).toHaveEventsInOrder([ 'Killing', { reason: 'Unhealthy' } ])

Expected: pod to have events Killing, then { reason: 'Unhealthy' }
Received: no event { reason: 'Unhealthy' } following Killing after 40.0s: the last { reason: 'Unhealthy' } was earlier

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

test('marks the last matching event under .not', async () => {
  expect(
    await messageOf(() => expect(pod).not.toHaveEventsInOrder(['Unhealthy', 'Killing'])),
  ).toBe(`expect(pod).not.toHaveEventsInOrder([ 'Unhealthy', 'Killing' ])

Expected: pod not to have events Unhealthy, then Killing
Received: events Unhealthy, Killing after 40.0s

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

test('rejects a value that is not a list of events', async () => {
  const asked = JSON.parse('["Killing", "Startd"]');
  expect((await messageOf(() => expect(pod).not.toHaveEventsInOrder(asked))).split('Matcher error: ')[1]).toMatch(
    /^events\[1\] must be one of .*, received 'Startd'$/,
  );
  expect((await messageOf(() => expect(pod).not.toHaveEventsInOrder([]))).split('Matcher error: ')[1]).toBe(
    'events must be a list of events, received []',
  );
});
