import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { acted, backOff, ended, exited, failed, killed, skipped, started } from '../../timeline/events';
import { messageOf } from '../messageOf';
import { replay } from '../replay';
import { DB, simulated } from '../simulated';

const DYING = 'HTTP probe failed with statuscode: 503';
const onceKilled = [
  acted(0, 'run'),
  started(1),
  failed(12, 'liveness', 1, DYING),
  failed(15, 'liveness', 2, DYING),
  failed(18, 'liveness', 3, DYING),
  killed(18, 'liveness'),
  exited(18.4, 143, { afterSignalMs: 400 }),
  started(19, 1),
];
const killedAgain = [
  failed(40, 'liveness', 3, DYING),
  killed(40, 'liveness'),
  exited(40.4, 143, { afterSignalMs: 400 }),
  started(41, 2),
];

test('passes once the kubelet restarts a container whose liveness probe has failed', async () => {
  await expect(replay({ coming: onceKilled })).toRestart({ container: 'web', because: 'liveness', within: '19s' });
});

test('ignores a restart before the last action of the test', async () => {
  const pod = replay({ past: [...onceKilled, acted(20, 'exec', 'rm /tmp/healthy')] });
  await expect(pod).not.toRestart({ within: '1m' });
  await expect(pod).toRestart({ since: 'start', within: '1m' });
});

test('passes at the second restart with times: 2', async () => {
  await expect(replay({ coming: [...onceKilled, ...killedAgain] })).toRestart({ times: 2, within: '41s' });
  await expect(replay({ coming: [...onceKilled, ...killedAgain] })).not.toRestart({ times: 2, within: '40s' });
});

test('reports a restart with another cause', async () => {
  const pod = replay({
    coming: [started(1), exited(2, 1), started(2.6, 1), exited(3, 1), backOff(3), skipped(13, 9_800), started(13, 2)],
  });
  expect(await messageOf(() => expect(pod).toRestart({ container: 'web', because: 'liveness', within: '1m30s' }))).toBe(
    `expect(pod).toRestart({ container: 'web', because: 'liveness', within: '1m30s' })

Expected: web to restart because of liveness within 1m30s
Received: no matching restart, only restart 1 of web (it exited), restart 2 of web (it exited) after 90.0s

       0s        2s         4s         6s         8s        10s        12s    //
web    ░░░░░█████x   1█x▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒2██
Ready
░ Waiting  █ Running  ▒ back-off  x exit  1 restart

  (1 earlier line left out)
   +2.0s  web  exited   1
   +2.6s  web  Started  restart 1, no back-off (first restart)
   +3.0s  web  exited   1
   +3.0s  web  BackOff  Back-off restarting failed container web
  +13.0s  web  Started  restart 2 after back-off, 10.0s after the exit

The test skipped 10s of back-off. To wait, pass skipBackOff: false.`,
  );
});

test('fails immediately if no container can restart', async () => {
  const pod = replay({ coming: [started(1), exited(5, 0), ended(5, 'Succeeded')] });
  expect(await messageOf(() => expect(pod).toRestart({ container: 'web', within: '1h' }))).toBe(
    `expect(pod).toRestart({ container: 'web', within: '1h' })

Expected: web to restart within 1h
Received: no restart after 5.0s: no container restarts in a pod with phase Succeeded

  +1.0s  web  Started    Container started
> +5.0s  web  exited     0
  +5.0s  pod  Succeeded`,
  );
});

test('prints under .not the restart, its cause and why it had no back-off', async () => {
  const pod = replay({ coming: [...onceKilled, ...killedAgain] });
  expect(await messageOf(() => expect(pod).not.toRestart({ times: 2, within: '1m' }))).toBe(
    `expect(pod).not.toRestart({ times: 2, within: '1m' })

Expected: the containers to restart fewer than 2 times within 1m
Received: restart 2 of web after 41.0s

            0s      5s      10s     15s     20s     25s      30s     35s     40s
web         ░████████████████████████████Tx1█████████████████████████████████Tx2
  liveness                     ×    ×    ×                                   ×
Ready
░ Waiting  █ Running  × failure  x exit  1 restart  T K signals

  (5 earlier lines left out)
  +19.0s  web  Started    restart 1, no back-off (first restart)
  +40.0s  web  Unhealthy  liveness probe failed (3/3): HTTP probe failed with statuscode: 503
  +40.0s  web  Killing    Container web failed liveness probe, will be restarted (grace period 30s)
  +40.4s  web  exited     143, 0.4s after SIGTERM
> +41.0s  web  Started    restart 2, no back-off (it counts from the exit before this one)`,
  );
});

test('fails immediately if the container cannot restart, though another one runs', async () => {
  const containers = [{ name: 'web', image: 'web:dev' }, DB];
  const pod = simulated({}, { web: [{ at: '5s', exit: 1 }] }, { containers, restartPolicy: 'Never' });
  expect(
    await messageOf(() => expect(pod).toRestart({ container: 'web', within: '1h' })),
  ).toBe(`expect(pod).toRestart({ container: 'web', within: '1h' })

Expected: web to restart within 1h
Received: no restart after 5.0s: web does not restart after exit code 1 under restartPolicy Never

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  db    Started  Container started
  +0.0s  pod   Ready
> +5.0s  web   exited   1
  +5.0s  pod   unready  containers with unready status: [web]`);
  expect(pod.timeline.now).toBe(5000);
  await expect(pod).not.toRestart({ within: '1m' });
  expect(pod.timeline.now).toBe(65_001);
});

test('waits if a RestartAllContainers rule can still restart an exited container', async () => {
  const restartPolicyRules = [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [42] } }];
  const containers = [
    { name: 'web', image: 'web:dev' },
    { ...DB, restartPolicy: 'Never', restartPolicyRules },
  ];
  const script = { web: [{ at: '5s', exit: 1 }], db: [{ at: '20s', run: 1, exit: 42 }] };
  const featureGates = { RestartAllContainersOnContainerExits: true };
  const pod = simulated({}, script, { containers, restartPolicy: 'Never' }, { featureGates });
  await expect(pod).toRestart({ container: 'web', within: '1m' });
});
