import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { failed, killed, recorded, started } from '../../timeline/events';
import { messageOf } from '../messageOf';
import { replay, web } from '../replay';

const scheduled = recorded(0, 'Scheduled', 'Successfully assigned default/shop to node', { from: 'default-scheduler' });
const life = [
  scheduled,
  started(1),
  failed(5, 'liveness', 3, 'HTTP probe failed with statuscode: 503'),
  killed(5, 'liveness'),
];

test('finds an event by its reason and other fields', () => {
  const pod = replay({ past: life, spec: { containers: [web(), web({ name: 'sidecar' })] } });
  expect(pod).toHaveEvent('Killing');
  expect(pod).toHaveEvent({ reason: 'Unhealthy', type: 'Warning', container: 'web', message: 'statuscode: 503' });
  expect(pod).toHaveEvent({ message: /^Liveness probe failed/ });
  expect(pod).not.toHaveEvent({ reason: 'Unhealthy', container: 'sidecar' });
});

test('prints the existing events if none has the reason', async () => {
  expect(await messageOf(() => expect(replay({ past: life })).toHaveEvent('BackOff'))).toBe(
    `expect(pod).toHaveEvent('BackOff')

Expected: pod to have event BackOff
Received: no matching event after 5.0s: the pod has only Scheduled, Started, Unhealthy, Killing

  +1.0s  web  Started    Container started
  +5.0s  web  Unhealthy  liveness probe failed (3/3): HTTP probe failed with statuscode: 503
  +5.0s  web  Killing    Container web failed liveness probe, will be restarted (grace period 30s)`,
  );
});

test('marks the last event with the same reason if its other fields differ', async () => {
  expect(
    await messageOf(() => expect(replay({ past: life })).toHaveEvent({ reason: 'Unhealthy', message: '404' })),
  ).toBe(
    `expect(pod).toHaveEvent({ reason: 'Unhealthy', message: '404' })

Expected: pod to have event { reason: 'Unhealthy', message: '404' }
Received: no matching event after 5.0s: 1 event has this reason, but its other fields differ

  +1.0s  web  Started    Container started
> +5.0s  web  Unhealthy  liveness probe failed (3/3): HTTP probe failed with statuscode: 503
  +5.0s  web  Killing    Container web failed liveness probe, will be restarted (grace period 30s)`,
  );
});

test('marks the matching event under .not, even a routine one', async () => {
  expect(await messageOf(() => expect(replay({ past: life })).not.toHaveEvent('Scheduled'))).toBe(
    `expect(pod).not.toHaveEvent('Scheduled')

Expected: pod not to have event Scheduled
Received: event Scheduled of web after 0.0s

> +0.0s  web  Scheduled  Successfully assigned default/shop to node
  +1.0s  web  Started    Container started
  +5.0s  web  Unhealthy  liveness probe failed (3/3): HTTP probe failed with statuscode: 503
  (1 later line left out)`,
  );
});

test.each([
  ['Kiling', /^event must be one of Scheduled, .*, DeadlineExceeded, received 'Kiling'$/],
  [{ reasn: 'Killing' }, /^unknown option "reasn" in event. Did you mean "reason"\?$/],
  [{ message: 404 }, /^event.message must be a string or a regular expression, received 404$/],
  [{ container: 'wbe' }, /^event.container must be a container of pod shop \(web\), received 'wbe'$/],
  [undefined, /^event must be an object with reason, type, container, message, received undefined$/],
])('rejects the event %p', async (event, complaint) => {
  const message = await messageOf(() => expect(replay({ past: life })).not.toHaveEvent(event as 'Killing'));
  expect(message.split('Matcher error: ')[1]).toMatch(complaint);
});
