import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../../unit/matchers/messageOf';

/** Returns a pod with one container. `more` are other fields of its spec, in YAML. */
function pod(container: string, more = ''): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
${more}
  containers:
    - name: web
      image: shop/web:1
${container.replace(/^/gm, '      ')}
`;
}

test('explains a start that is slower than the liveness probe allows', async () => {
  const shop = simulatePod(pod(`livenessProbe: { httpGet: { path: /healthz, port: 8080 }, periodSeconds: 5 }`), {
    web: [
      { at: '0s', tcp: { 8080: 'closed' } },
      { at: '40s', http: { 8080: { '/healthz': 200 } } },
    ],
  });
  expect(
    await messageOf(() => expect(shop).not.toRestart({ within: '1m' })),
  ).toBe(`expect(pod).not.toRestart({ within: '1m' })

Expected: no container to restart within 1m
Received: restart 1 of web after 15.0s

   +0.0s  test  run
   +0.0s  web   Started    Container started
   +0.0s  pod   Ready
  +15.0s  web   Unhealthy  liveness probe failed (3/3): Get "http://10.244.0.7:8080/healthz": dial tcp 10.244.0.7:8080: connect: connection refused
  +15.0s  web   Killing    Container web failed liveness probe, will be restarted (grace period 30s)
  +15.0s  web   exited     143, 0.0s after SIGTERM
> +15.0s  web   Started    restart 1, no back-off (first restart)

3 failures × 5s: web was restarted 15.0s after its start. Its liveness probe never succeeded.

Cause: The liveness probe killed web before it succeeded once, because it does not wait for readiness.
Fix:   Add a startupProbe, which delays the liveness probe until web is up.
Docs:  jest-kubelet/docs/faq/startup.md#slow-start-liveness`);
});

test('explains a probe of a path that the app does not serve', async () => {
  const shop = simulatePod(pod(`readinessProbe: { httpGet: { path: /health, port: 8080 } }`), {
    web: [{ at: '2s', http: { 8080: { '/healthz': 200 } } }],
  });
  expect(await messageOf(() => expect(shop).toBecomeReady())).toBe(`expect(pod).toBecomeReady()

Expected: pod to become Ready within 1m (default: the manifest sets no limit)
Received: pod not Ready after 60.0s: the readiness probe of web fails (HTTP probe failed with statuscode: 404)

   +0.0s  test  run
   +0.0s  web   Started    Container started
   +0.0s  web   Unhealthy  readiness probe failed (2/3): Get "http://10.244.0.7:8080/health": dial tcp 10.244.0.7:8080: connect: connection refused
  +60.0s  web   Unhealthy  readiness probe failed (9/3): HTTP probe failed with statuscode: 404

The readiness probe runs every 10s. None of its 9 attempts since +0.0s succeeded.

Cause: web returns 404 for /health, but the probe needs a status from 200 to 399.
Fix:   Set readinessProbe.httpGet.path to a path that web serves.
Docs:  jest-kubelet/docs/faq/probes.md#probe-404`);
});

test('explains a probe of a port name that no container has', async () => {
  const shop = simulatePod(
    pod(`ports: [{ name: web, containerPort: 8080 }]\nreadinessProbe: { httpGet: { path: /healthz, port: http } }`),
    {
      web: [{ at: '2s', http: { 8080: { '/healthz': 200 } } }],
    },
    { allow: ['unknown-port'] },
  );
  expect(await messageOf(() => expect(shop).toBecomeReady())).toBe(`expect(pod).toBecomeReady()

Expected: pod to become Ready within 1m (default: the manifest sets no limit)
Received: pod not Ready after 60.0s: the readiness probe of web could not run (port "http" not found)

   +0.0s  test  run
   +0.0s  web   Started    Container started
  +60.0s  web   Unhealthy  readiness probe could not run: port "http" not found. The kubelet ignores the result

The readiness probe runs every 10s. None of its 9 attempts since +0.0s succeeded.

Cause: No port of web is named "http" (its ports: web), so the probe never runs and the kubelet ignores it.
Fix:   Set the port of readinessProbe to a port of web.
Docs:  jest-kubelet/docs/faq/probes.md#named-ports`);
});

test('explains a container that hangs', async () => {
  const shop = simulatePod(pod(`livenessProbe: { exec: { command: [check] } }`), {
    web: [{ at: '60s', exec: { check: { takes: '1h' } }, onTerm: { ignore: true } }],
  });
  await expect(shop).toBecomeReady();
  expect(
    await messageOf(() => expect(shop).not.toRestart({ within: '5m' })),
  ).toBe(`expect(pod).not.toRestart({ within: '5m' })

Expected: no container to restart within 5m
Received: restart 1 of web after 111.0s

    +0.0s  test  run
    +0.0s  web   Started    Container started
    +0.0s  pod   Ready
   +81.0s  web   Unhealthy  liveness probe failed (3/3): command timed out: "check" timed out after 1s
   +81.0s  web   Killing    Container web failed liveness probe, will be restarted (grace period 30s)
  +111.0s  web   SIGKILL    30.0s after SIGTERM
  +111.0s  web   exited     137, 0.0s after SIGKILL
> +111.0s  web   Started    restart 1, no back-off (first restart)

3 failures × 10s: web was killed 31.0s after its liveness probe last succeeded and restarted after 61.0s.
Grace period 30s: SIGKILL came 30.0s after SIGTERM.

Cause: A kill by a liveness probe grants the whole grace period, and a process that hangs uses all of it.
Fix:   Set livenessProbe.terminationGracePeriodSeconds to less than the value of the pod.
Docs:  jest-kubelet/docs/faq/restarts-and-back-off.md#liveness-kill-takes-grace`);
});

test('explains exit code 137 without an OOM kill', async () => {
  const shop = simulatePod(pod(`resources: { limits: { memory: 64Mi } }\ncommand: [node, server.js]`), {
    web: [{ at: '5s', exit: 137 }],
  });
  await expect(shop).toBecomeReady();
  expect(
    await messageOf(() => expect(shop).not.toBecomeUnready({ within: '5m' })),
  ).toBe(`expect(pod).not.toBecomeUnready({ within: '5m' })

Expected: pod not to stop being Ready within 5m
Received: pod no longer Ready after 5.0s

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  pod   Ready
  +5.0s  web   exited   137
> +5.0s  pod   unready  containers with unready status: [web]
  +5.0s  web   Started  restart 1, no back-off (first restart)
  +5.0s  pod   Ready

Cause: Exit code 137 means any SIGKILL, and the reason is Error, not OOMKilled.
Fix:   Find the sender of SIGKILL inside web or outside of it.
Docs:  jest-kubelet/docs/faq/shutdown.md#exit-code-137`);
});

test('explains a shell that ignores SIGTERM', async () => {
  const shop = simulatePod(pod(`command: [sh, -c, "node server.js; true"]`), {
    web: [{ at: '0s', onTerm: { ignore: true } }],
  });
  await expect(shop).toBecomeReady();
  await shop.delete();
  expect(
    await messageOf(() => expect(shop).toHaveEvent('FailedPreStopHook')),
  ).toBe(`expect(pod).toHaveEvent('FailedPreStopHook')

Expected: pod to have event FailedPreStopHook
Received: no matching event after 30.0s: the pod has only Scheduled, Pulling, Pulled, Created, Started, Killing

  (2 earlier lines left out)
   +0.0s  pod   Ready
   +0.0s  test  delete
   +0.0s  pod   deleted  grace period 30s
   +0.0s  web   Killing  Stopping container web (grace period 30s)
  +30.0s  web   SIGKILL  30.0s after SIGTERM
  +30.0s  web   exited   137, 0.0s after SIGKILL
  +30.0s  pod   Failed
  +30.0s  pod   removed

Grace period 30s: SIGKILL came 30.0s after SIGTERM.

Cause: web runs sh as PID 1, which ignores the stop signal and does not forward it.
Fix:   Start your program with exec.
Docs:  jest-kubelet/docs/faq/shutdown.md#shell-pid-1`);
});

test('explains a preStop hook that exceeds the grace period', async () => {
  const shop = simulatePod(pod(`lifecycle: { preStop: { exec: { command: [sleep, "60"] } } }`), {
    web: [{ at: '0s', exec: { 'sleep 60': { takes: '60s' } }, onTerm: { exitAfter: '5s', code: 0 } }],
  });
  await expect(shop).toBecomeReady();
  await shop.delete();
  expect(await messageOf(() => expect(shop).toHavePhase('Succeeded'))).toBe(`expect(pod).toHavePhase('Succeeded')

Expected: pod to have phase Succeeded
Received: pod in phase Failed after 32.0s

  (3 earlier lines left out)
   +0.0s  test  delete
   +0.0s  pod   deleted            grace period 30s
   +0.0s  web   Killing            Stopping container web
  +30.0s  web   SIGTERM            grace period 2s, preStop hook still running after 30.0s
  +32.0s  web   SIGKILL            2.0s after SIGTERM
  +32.0s  web   exited             137, 0.0s after SIGKILL
  +32.0s  web   FailedPreStopHook  PreStopHook failed
> +32.0s  pod   Failed
  +32.0s  pod   removed

Grace period 30s: preStop used 30.0s of it, and SIGKILL came 2.0s after SIGTERM, the minimum.

Cause: The preStop hook counts against terminationGracePeriodSeconds, so web gets only the rest.
Fix:   Shorten the hook, or raise terminationGracePeriodSeconds.
Docs:  jest-kubelet/docs/faq/hooks.md#pre-stop-and-grace`);
});

test('explains an image that does not exist', async () => {
  const shop = simulatePod(pod(``), { web: [{ at: '0s', imagePull: 'fails' }] });
  expect(await messageOf(() => expect(shop).toBecomeReady())).toBe(`expect(pod).toBecomeReady()

Expected: pod to become Ready within 1m (default: the manifest sets no limit)
Received: pod not Ready after 0.0s: the image of web is unavailable: failed to pull and unpack image "shop/web:1": not found

  +0.0s  test  run
  +0.0s  web   Failed   Failed to pull image "shop/web:1": failed to pull and unpack image "shop/web:1": not found
  +0.0s  web   Failed   Error: ErrImagePull
  +0.0s  web   BackOff  Back-off pulling image "shop/web:1"
> +0.0s  web   Failed   Error: ImagePullBackOff

Fix:   Use an image that the engine or a registry has, for example runPod(…, { images: { web: 'name:tag' } }) or gate --image web=name:tag.`);
});

test('explains a container that crashes after every start', async () => {
  const shop = simulatePod(pod(``), { web: [{ at: '1s', stdout: 'Error: cannot find module ./server', exit: 1 }] });
  expect(
    await messageOf(() => expect(shop).not.toRestart({ times: 3, within: '5m' })),
  ).toBe(`expect(pod).not.toRestart({ times: 3, within: '5m' })

Expected: the containers to restart fewer than 3 times within 5m
Received: restart 3 of web after 33.0s

       0s        5s         10s        15s        20s        25s        30s
web    ██x1x▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒2█x▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒3
Ready  ════                      ══                                            ═
█ Running  ▒ back-off  x exit  1 restart  ═ Ready

  (11 earlier lines left out)
  +12.0s  pod  Ready
  +13.0s  web  exited   1
  +13.0s  pod  unready  containers with unready status: [web]
  +13.0s  web  BackOff  Back-off restarting failed container web
> +33.0s  web  Started  restart 3 after back-off, 20.0s after the exit
  +33.0s  pod  Ready

Output of web before restart 3:
  +13.0s  Error: cannot find module ./server

Cause: web exited 3 times, most recently 1.0s after its start. The first restart has no back-off, and the next ones wait 10s, 20s, 40s … 5m until an instance of web runs for 10m.
Docs:  jest-kubelet/docs/faq/restarts-and-back-off.md#first-crash`);
});

test('explains a liveness probe that depends on an unavailable database', async () => {
  const shop = simulatePod(
    pod(
      `livenessProbe: { httpGet: { path: /healthz, port: 8080 } }\nreadinessProbe: { httpGet: { path: /healthz, port: 8080 } }`,
    ),
    {
      web: [
        { at: '0s', http: { 8080: { '/healthz': 200 } } },
        { at: '30s', http: { 8080: { '/healthz': { status: 503, body: 'ECONNREFUSED postgres:5432' } } } },
      ],
    },
  );
  await expect(shop).toBecomeReady();
  expect(
    await messageOf(() => expect(shop).not.toRestart({ within: '2m' })),
  ).toBe(`expect(pod).not.toRestart({ within: '2m' })

Expected: no container to restart within 2m
Received: restart 1 of web after 50.0s

  (1 earlier line left out)
   +0.0s  web  Started    Container started
   +0.0s  pod  Ready
  +50.0s  web  Unhealthy  readiness probe failed (3/3): HTTP probe failed with statuscode: 503, response: "ECONNREFUSED postgres:5432"
  +50.0s  pod  unready    containers with unready status: [web]
  +50.0s  web  Unhealthy  liveness probe failed (3/3): HTTP probe failed with statuscode: 503, response: "ECONNREFUSED postgres:5432"
  +50.0s  web  Killing    Container web failed liveness probe, will be restarted (grace period 30s)
  +50.0s  web  exited     143, 0.0s after SIGTERM
> +50.0s  web  Started    restart 1, no back-off (first restart)
  +50.0s  pod  Ready

3 failures × 10s: web was restarted 30.0s after its liveness probe last succeeded.

Cause: The liveness probe of web is the same as its readiness probe, so everything that makes it unready also restarts it.
Fix:   Make the liveness probe check only the process itself.
Docs:  jest-kubelet/docs/faq/probes.md#liveness-same-as-readiness`);
});
