import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { acted, failed, ready, removed, started } from '../../timeline/events';
import { messageOf } from '../messageOf';
import { replay } from '../replay';

test('passes once the readiness probe has failed up to its threshold', async () => {
  const pod = replay({
    past: [ready(2), acted(5, 'exec', 'rm /tmp/ready')],
    coming: [failed(20, 'readiness', 3, ''), ready(20, false)],
  });
  await expect(pod).toBecomeUnready({ within: '15s' });
});

test('requires that the pod was Ready before', async () => {
  const pod = replay({ past: [started(1), ready(2, false)] });
  expect(await messageOf(() => expect(pod).toBecomeUnready({ within: '10s' }))).toBe(
    `expect(pod).toBecomeUnready({ within: '10s' })

Expected: pod to stop being Ready within 10s
Received: pod never Ready after 12.0s: the pod must be Ready first

  +1.0s  web  Started  Container started`,
  );
});

test('ignores a loss of Ready before the last action of the test', async () => {
  const pod = replay({ past: [ready(2), ready(8, false), acted(9, 'exec', 'true')] });
  await expect(pod).not.toBecomeUnready({ within: '1m' });
  await expect(pod).toBecomeUnready({ within: '1m', since: 'start' });
});

test('reports that the pod is still Ready', async () => {
  const pod = replay({ past: [started(1), ready(2), acted(9, 'exec', 'rm /tmp/ready')] });
  expect(await messageOf(() => expect(pod).toBecomeUnready({ within: '10s' }))).toBe(
    `expect(pod).toBecomeUnready({ within: '10s' })

Expected: pod to stop being Ready within 10s
Received: pod still Ready after 19.0s

  +1.0s  web   Started  Container started
  +2.0s  pod   Ready
  +9.0s  test  exec     in web: rm /tmp/ready`,
  );
});

test('prints under .not why the pod became unready', async () => {
  const pod = replay({
    past: [ready(2)],
    coming: [failed(20, 'readiness', 3, 'HTTP probe failed with statuscode: 500'), ready(20, false)],
  });
  expect(await messageOf(() => expect(pod).not.toBecomeUnready({ within: '30s' }))).toBe(
    `expect(pod).not.toBecomeUnready({ within: '30s' })

Expected: pod not to stop being Ready within 30s
Received: pod no longer Ready after 20.0s

   +2.0s  pod  Ready
  +20.0s  web  Unhealthy  readiness probe failed (3/3): HTTP probe failed with statuscode: 500
> +20.0s  pod  unready    containers with unready status: [web]`,
  );
});

test('fails immediately if the pod was removed', async () => {
  const message = await messageOf(() => expect(replay({ coming: [removed(3)] })).toBecomeUnready({ within: '1h' }));
  expect(message).toContain('Received: pod not Ready after 3.0s: the pod was removed');
});

test('counts with times: 2 only losses after the pod was Ready again', async () => {
  const pod = () => replay({ past: [ready(2), acted(5, 'exec', 'true')], coming: [ready(8, false), ready(9, false)] });
  await expect(pod()).not.toBecomeUnready({ times: 2, within: '1m' });
  await expect(replay({ coming: [ready(2), ready(8, false), ready(9), ready(10, false)] })).toBecomeUnready({
    times: 2,
    within: '10s',
  });
  expect(
    await messageOf(() => expect(pod()).toBecomeUnready({ times: 2, within: '10s' })),
  ).toBe(`expect(pod).toBecomeUnready({ times: 2, within: '10s' })

Expected: pod to stop being Ready 2 times within 10s
Received: pod stopped being Ready only 1 time after 15.0s

  +2.0s  pod   Ready
  +5.0s  test  exec     in web: true
  +8.0s  pod   unready  containers with unready status: [web]`);
});
