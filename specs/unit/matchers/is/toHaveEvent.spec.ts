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

test('an event is found by its reason, or by some of what describe shows of it', () => {
  const pod = replay({ past: life, spec: { containers: [web(), web({ name: 'sidecar' })] } });
  expect(pod).toHaveEvent('Killing');
  expect(pod).toHaveEvent({ reason: 'Unhealthy', type: 'Warning', container: 'web', message: 'statuscode: 503' });
  expect(pod).toHaveEvent({ message: /^Liveness probe failed/ });
  expect(pod).not.toHaveEvent({ reason: 'Unhealthy', container: 'sidecar' });
});

test('names the events there are when there is none of that reason', async () => {
  expect(await messageOf(() => expect(replay({ past: life })).toHaveEvent('BackOff'))).toBe(
    `expect(pod).toHaveEvent('BackOff')

Expected: pod to have event BackOff
Received: no matching event after 5.0s: the pod has only Scheduled, Started, Unhealthy, Killing

  +1.0s  web  Started    Container started
  +5.0s  web  Unhealthy  liveness probe failed (3/3): HTTP probe failed with statuscode: 503
  +5.0s  web  Killing    Container web failed liveness probe, will be restarted (grace period 30s)`,
  );
});

test('marks the last event of that reason when none is like the one asked for', async () => {
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

test('under .not marks the event, a routine one too', async () => {
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
])('refuses to look for an event that never is: %p', async (event, complaint) => {
  const message = await messageOf(() => expect(replay({ past: life })).not.toHaveEvent(event as 'Killing'));
  expect(message.split('Matcher error: ')[1]).toMatch(complaint);
});
