import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import {
  acted,
  container,
  ended,
  exited,
  failed,
  published,
  ready,
  recorded,
  running,
  started,
} from '../../timeline/events';
import { messageOf } from '../messageOf';
import { replay, web } from '../replay';
import { DB, simulated } from '../simulated';

const probe = {
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
  initialDelaySeconds: 0,
};

test('passes immediately if the pod is Ready, whenever it became Ready', async () => {
  await expect(replay({ past: [ready(3), acted(60, 'exec', 'true')] })).toBecomeReady({ withinMs: 1 });
});

test('waits for Ready again if the pod has lost it', async () => {
  const pod = replay({ past: [ready(3), ready(9, false)], coming: [ready(15)] });
  await expect(pod).not.toBecomeReady({ within: '5s' });
  await expect(pod).toBecomeReady({ within: '10s' });
});

test('includes the last instant of the limit, but no later one', async () => {
  await expect(replay({ coming: [ready(10)] })).toBecomeReady({ within: '10s' });
  await expect(replay({ coming: [ready(10.001)] })).not.toBecomeReady({ within: '10s' });
});

test('waits as long as the probes of the manifest allow', async () => {
  const startupProbe = { ...probe, initialDelaySeconds: 5, failureThreshold: 30 };
  const spec = { containers: [web({ startupProbe, readinessProbe: { ...probe, periodSeconds: 5 } })] };
  const past = [started(0), published(0, { phase: 'Running', containerStatuses: [running({ started: false })] })];
  await expect(replay({ spec, past, coming: [ready(322)] })).toBecomeReady();
  expect(await messageOf(() => expect(replay({ spec, past, coming: [ready(323)] })).toBecomeReady())).toBe(
    `expect(pod).toBecomeReady()

Expected: pod to become Ready within 5m22s (the manifest's own limit: startupProbe 5s + 10s + 29 × 10s + 1s + readinessProbe 5s + 2 × 5s + 1s)
Received: pod not Ready after 322.0s: the startup probe of web has no result yet

  +0.0s  web  Started  Container started`,
  );
});

test('waits 60s if the manifest sets no limit, and prints that this is the default', async () => {
  const spec = { containers: [web({ readinessProbe: probe })] };
  const pod = replay({
    spec,
    coming: [
      acted(0, 'run'),
      started(1.2),
      published(2, { phase: 'Running', containerStatuses: [running()] }),
      failed(5, 'readiness', 1, 'Get "http://10.0.0.5:80/": dial tcp 10.0.0.5:80: connect: connection refused'),
      ...Array.from({ length: 5 }, (_, n) =>
        failed(15 + 10 * n, 'readiness', 2 + n, 'HTTP probe failed with statuscode: 404'),
      ),
    ],
  });
  expect(await messageOf(() => expect(pod).toBecomeReady())).toBe(
    `expect(pod).toBecomeReady()

Expected: pod to become Ready within 1m (default: the manifest sets no limit)
Received: pod not Ready after 62.0s: the readiness probe of web fails (HTTP probe failed with statuscode: 404)

   +0.0s  test  run
   +1.2s  web   Started    Container started
   +5.0s  web   Unhealthy  readiness probe failed (1/3): Get "http://10.0.0.5:80/": dial tcp 10.0.0.5:80: connect: connection refused
  +55.0s  web   Unhealthy  readiness probe failed (6/3): HTTP probe failed with statuscode: 404

The readiness probe runs every 10s. None of its 6 attempts since +5.0s succeeded.
The limit counts from +2.0s, when the containers started.`,
  );
});

test('fails immediately if the image does not exist', async () => {
  const message = 'Error response from daemon: manifest for web:nope not found: manifest unknown';
  const waiting = { reason: 'ErrImagePull', message };
  const failure = { kind: 'imageMissing' } as const;
  const pod = replay({
    coming: [
      recorded(0.5, 'Pulling', 'Pulling image "web:nope"'),
      recorded(1, 'Failed', `Failed to pull image "web:nope": ${message}`, { type: 'Warning', failure }),
      recorded(1, 'Failed', 'Error: ErrImagePull', { type: 'Warning', failure }),
      published(2, { containerStatuses: [container({ state: { waiting } })] }),
      ready(20),
    ],
  });
  expect(await messageOf(() => expect(pod).toBecomeReady())).toBe(
    `expect(pod).toBecomeReady()

Expected: pod to become Ready within 1m (default: the manifest sets no limit)
Received: pod not Ready after 1.0s: the image of web is unavailable: Error response from daemon: manifest for web:nope not found: manifest unknown

  +1.0s  web  Failed  Failed to pull image "web:nope": Error response from daemon: manifest for web:nope not found: manifest unknown
> +1.0s  web  Failed  Error: ErrImagePull

Fix:   Use an image that the engine or a registry has, for example runPod(…, { images: { web: 'name:tag' } }) or gate --image web=name:tag.`,
  );
});

test('fails immediately if the image does not contain the program', async () => {
  const message = 'exec: "serve": executable file not found in $PATH';
  const terminated = { exitCode: 128, reason: 'StartError', message };
  const pod = replay({
    coming: [
      exited(1, 128, { reason: 'StartError', message }),
      recorded(1, 'Failed', `Error: ${message}`, { type: 'Warning', failure: { kind: 'programMissing' } }),
      published(2, { phase: 'Running', containerStatuses: [container({ state: { terminated } })] }),
    ],
  });
  expect(await messageOf(() => expect(pod).toBecomeReady({ within: '5m' }))).toBe(
    `expect(pod).toBecomeReady({ within: '5m' })

Expected: pod to become Ready within 5m
Received: pod not Ready after 1.0s: the program of web cannot start: exec: "serve": executable file not found in $PATH

  +1.0s  web  exited  128, StartError: exec: "serve": executable file not found in $PATH
> +1.0s  web  Failed  Error: exec: "serve": executable file not found in $PATH

Fix:   Set the command of web to a program in its image, or remove it to run the ENTRYPOINT of the image.`,
  );
});

test('fails immediately if the phase is Failed', async () => {
  const terminated = { exitCode: 137, reason: 'OOMKilled' };
  const pod = replay({
    coming: [
      started(1),
      exited(4, 137, { reason: 'OOMKilled' }),
      ended(5, 'Failed', { containerStatuses: [container({ state: { terminated } })] }),
    ],
  });
  expect(await messageOf(() => expect(pod).toBecomeReady({ within: '5m' }))).toBe(
    `expect(pod).toBecomeReady({ within: '5m' })

Expected: pod to become Ready within 5m
Received: pod not Ready after 4.0s: the phase of the pod is Failed: web exited with 137 (OOMKilled)

  +1.0s  web  Started  Container started
> +4.0s  web  exited   137, OOMKilled
  +5.0s  pod  Failed

Cause: web was OOMKilled.
Fix:   Raise resources.limits.memory, or reduce memory use.
Docs:  jest-kubelet/docs/faq/shutdown.md#exit-code-137`,
  );
});

test('prints under .not since when the pod is Ready', async () => {
  expect(
    await messageOf(() =>
      expect(replay({ past: [started(1), ready(2), ready(3)] })).not.toBecomeReady({ within: '5s' }),
    ),
  ).toBe(
    `expect(pod).not.toBecomeReady({ within: '5s' })

Expected: pod not to become Ready within 5s
Received: pod Ready after 2.0s

  +1.0s  web  Started  Container started
> +2.0s  pod  Ready`,
  );
});

test('keeps waiting while the registry does not respond, and prints a fix in the end', async () => {
  const message = `Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host, ${'and so on '.repeat(10)}with no answer`;
  const waiting = { reason: 'ErrImagePull', message: 'no such host' };
  const pod = replay({
    coming: [
      recorded(1, 'Failed', `Failed to pull image "web:dev": ${message}`, { type: 'Warning' }),
      published(2, { containerStatuses: [container({ state: { waiting } })] }),
    ],
  });
  expect(await messageOf(() => expect(pod).toBecomeReady({ within: '30s' }))).toBe(
    `expect(pod).toBecomeReady({ within: '30s' })

Expected: pod to become Ready within 30s
Received: pod not Ready after 30.0s: web is waiting (ErrImagePull): no such host

  +1.0s  web  Failed  Failed to pull image "web:dev": Get "https://registry-1.docker.io/v2/": dial tcp…so on and so on and so on and so on and so on and so on and so on with no answer

Fix:   Use an image that the engine or a registry has, for example runPod(…, { images: { web: 'name:tag' } }) or gate --image web=name:tag.`,
  );
});

test('fails immediately if one container will never run again, though another one runs', async () => {
  const containers = [{ name: 'web', image: 'web:dev' }, DB];
  const pod = simulated({}, { web: [{ at: '5s', exit: 0 }] }, { containers, restartPolicy: 'OnFailure' });
  pod.advance('6s');
  expect(
    await messageOf(() => expect(pod).toBecomeReady({ within: '1h' })),
  ).toBe(`expect(pod).toBecomeReady({ within: '1h' })

Expected: pod to become Ready within 1h
Received: pod not Ready after 5.0s: web does not restart after exit code 0 under restartPolicy OnFailure

  +0.0s  test  run
  +0.0s  web   Started  Container started
  +0.0s  db    Started  Container started
  +0.0s  pod   Ready
> +5.0s  web   exited   0
  +5.0s  pod   unready  containers with unready status: [web]`);
  expect(pod.timeline.now).toBe(6000);
});

test('fails immediately if the pod does not fit on the node', async () => {
  const message = '0/1 nodes are available: 1 Insufficient memory.';
  const pod = replay({
    coming: [
      recorded(0, 'FailedScheduling', message, { type: 'Warning', from: 'default-scheduler' }),
      published(0, { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }] }),
    ],
  });
  expect(
    await messageOf(() => expect(pod).toBecomeReady({ within: '1h' })),
  ).toBe(`expect(pod).toBecomeReady({ within: '1h' })

Expected: pod to become Ready within 1h
Received: pod not Ready after 0.0s: the pod cannot be scheduled: 0/1 nodes are available: 1 Insufficient memory.

> +0.0s  web  FailedScheduling  0/1 nodes are available: 1 Insufficient memory.

Fix:   Lower the resource requests of its containers, or use a container engine with more resources.`);
});
