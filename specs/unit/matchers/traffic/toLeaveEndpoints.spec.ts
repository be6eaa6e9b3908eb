import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { acted, failed, markedForDeletion, ready, removed, started, withIP } from '../../timeline/events';
import { messageOf } from '../messageOf';
import { replay } from '../replay';

const inEndpoints = (seconds: number, value = true) => withIP(ready(seconds, value));
const up = [acted(0, 'run'), started(1), inEndpoints(1)];

test('passes once the pod is no longer Ready', async () => {
  await expect(replay({ past: up, coming: [inEndpoints(8, false)] })).toLeaveEndpoints({ within: '10s' });
  await expect(replay({ past: up, coming: [inEndpoints(8, false)] })).toLeaveEndpoints({
    serving: false,
    terminating: false,
    within: '10s',
  });
});

test('passes immediately after the deletion, while the pod is still serving', async () => {
  const life = [acted(5, 'delete'), markedForDeletion(5), inEndpoints(9, false), removed(12)];
  await expect(replay({ past: [...up, ...life] })).toLeaveEndpoints({ serving: true, terminating: true });
  await expect(replay({ past: [...up, ...life] })).toLeaveEndpoints({ serving: false });
  await expect(replay({ past: [...up, ...life] })).not.toLeaveEndpoints({ terminating: false, within: '1s' });
});

test('ignores a removal before the last action of the test', async () => {
  const past = [...up, inEndpoints(3, false), acted(5, 'exec', 'true')];
  await expect(replay({ past })).not.toLeaveEndpoints({ within: '9s' });
  await expect(replay({ past })).toLeaveEndpoints({ since: 'start', within: '9s' });
});

test('reports that the pod is still in the endpoints, and prints the events', async () => {
  const pod = replay({ past: up, coming: [failed(8, 'readiness', 1, 'HTTP probe failed with statuscode: 503')] });
  expect(await messageOf(() => expect(pod).toLeaveEndpoints({ terminating: true, within: '10s' }))).toBe(
    `expect(pod).toLeaveEndpoints({ terminating: true, within: '10s' })

Expected: pod to leave the Service endpoints as terminating within 10s
Received: pod still in the Service endpoints after 11.0s

  +0.0s  test  run
  +1.0s  web   Started    Container started
  +1.0s  pod   Ready
  +8.0s  web   Unhealthy  readiness probe failed (1/3): HTTP probe failed with statuscode: 503`,
  );
});

test('reports that the pod was never in the endpoints or had left them before', async () => {
  expect(await messageOf(() => expect(replay({ past: [started(1)] })).toLeaveEndpoints({ within: '1s' }))).toBe(
    `expect(pod).toLeaveEndpoints({ within: '1s' })

Expected: pod to leave the Service endpoints within 1s
Received: pod never in the Service endpoints after 2.0s: the pod must be in the Service endpoints first

  +1.0s  web  Started  Container started`,
  );
  const past = [...up, inEndpoints(3, false), acted(5, 'exec', 'true')];
  expect(await messageOf(() => expect(replay({ past })).toLeaveEndpoints({ within: '1s' }))).toBe(
    `expect(pod).toLeaveEndpoints({ within: '1s' })

Expected: pod to leave the Service endpoints within 1s
Received: pod not in the Service endpoints already before after 6.0s: the pod must be in the Service endpoints first

  +0.0s  test  run
  +1.0s  web   Started  Container started
  +1.0s  pod   Ready
  +3.0s  pod   unready  containers with unready status: [web]
  +5.0s  test  exec     in web: true`,
  );
});

test('prints under .not when the pod left the endpoints', async () => {
  const pod = replay({ past: up, coming: [markedForDeletion(5)] });
  expect(await messageOf(() => expect(pod).not.toLeaveEndpoints({ within: '10s' }))).toBe(
    `expect(pod).not.toLeaveEndpoints({ within: '10s' })

Expected: pod not to leave the Service endpoints within 10s
Received: pod terminating and still serving after 5.0s

  +0.0s  test  run
  +1.0s  web   Started  Container started
  +1.0s  pod   Ready
> +5.0s  pod   deleted  grace period 30s`,
  );
});

test('rejects a serving option that is not a boolean', async () => {
  const asked = { serving: 'yes' as unknown as boolean, within: '1s' } as const;
  expect(await messageOf(() => expect(replay({})).toLeaveEndpoints(asked))).toBe(
    `expect(pod).toLeaveEndpoints({ serving: 'yes', within: '1s' })

Matcher error: serving must be true or false, received 'yes'`,
  );
});
