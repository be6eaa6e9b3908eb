import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { acted, exited, failed, killed, removed, started } from '../../timeline/events';
import { messageOf } from '../messageOf';
import { replay, web } from '../replay';

const DYING = 'HTTP probe failed with statuscode: 503';
const looping = [
  acted(0, 'run'),
  started(1),
  failed(20, 'liveness', 3, DYING),
  killed(20, 'liveness'),
  exited(20.4, 143, { afterSignalMs: 400 }),
  started(21, 1),
  failed(40, 'liveness', 3, DYING),
  killed(40, 'liveness'),
  exited(40.4, 143, { afterSignalMs: 400 }),
  started(41, 2),
];

test('passes if the window ends without too many restarts', async () => {
  await expect(replay({ coming: looping })).toRestartAtMost(1, { for: '40s' });
  await expect(replay({ coming: looping })).toRestartAtMost(2, { for: '1h' });
  await expect(replay({ coming: looping })).not.toRestartAtMost(1, { for: '41s' });
});

test('fails at the first restart above the limit', async () => {
  const pod = replay({ coming: [...looping, started(61, 3)] });
  expect(await messageOf(() => expect(pod).toRestartAtMost(1, { for: '1m' }))).toBe(
    `expect(pod).toRestartAtMost(1, { for: '1m' })

Expected: each container to restart at most 1 time within 1m
Received: restart 2 of web (its liveness probe failed) after 41.0s

            0s      5s      10s     15s     20s     25s      30s     35s     40s
web         ░███████████████████████████████Tx1██████████████████████████████Tx2
  liveness                                  ×                                ×
Ready
░ Waiting  █ Running  × failure  x exit  1 restart  T K signals

  (5 earlier lines left out)
  +21.0s  web  Started    restart 1, no back-off (first restart)
  +40.0s  web  Unhealthy  liveness probe failed (3/3): HTTP probe failed with statuscode: 503
  +40.0s  web  Killing    Container web failed liveness probe, will be restarted (grace period 30s)
  +40.4s  web  exited     143, 0.4s after SIGTERM
> +41.0s  web  Started    restart 2, no back-off (it counts from the exit before this one)`,
  );
  expect(pod.timeline.now).toBe(41_000);
});

test('waits under .not for the first excess restart, and reports a missing one', async () => {
  const pod = replay({ coming: looping.slice(0, 6) });
  expect(await messageOf(() => expect(pod).not.toRestartAtMost(1, { container: 'web', for: '1m' }))).toBe(
    `expect(pod).not.toRestartAtMost(1, { container: 'web', for: '1m' })

Expected: web to restart more than 1 time within 1m
Received: 1 restart after 60.0s

   +0.0s  test  run
   +1.0s  web   Started    Container started
  +20.0s  web   Unhealthy  liveness probe failed (3/3): HTTP probe failed with statuscode: 503
  +20.0s  web   Killing    Container web failed liveness probe, will be restarted (grace period 30s)
  +20.4s  web   exited     143, 0.4s after SIGTERM
  +21.0s  web   Started    restart 1, no back-off (first restart)`,
  );
});

test('counts restarts per container after the last action of the test', async () => {
  const spec = { containers: [web(), web({ name: 'db' })] };
  const life = [started(1), started(1, 0, 'db'), started(5, 1), started(6, 1, 'db'), acted(7, 'exec', 'true')];
  const pod = replay({ spec, past: life, coming: [started(9, 2, 'db')] });
  await expect(pod).toRestartAtMost(0, { container: 'web', for: '1m' });
  await expect(pod).toRestartAtMost(1, { for: '1m' });
  await expect(pod).not.toRestartAtMost(1, { for: '1m', since: 'start' });
});

test('checks the whole timeline of a removed pod', async () => {
  const pod = replay({ past: [...looping, acted(50, 'delete'), removed(51)], ends: true });
  const gone = { ...pod, timeline: pod.timeline, ended: true } as const;
  await expect(gone).toRestartAtMost(2);
  expect(await messageOf(() => expect(gone).toRestartAtMost(0))).toContain(
    'Expected: no container to restart during the whole run\nReceived: restart 1 of web (its liveness probe failed) after 21.0s\n',
  );
});
