import { expect, test } from '@jest/globals';
import type { AppScript, SimulatedPod } from 'jest-kubelet';
import { writable } from '../../timeline/events';
import 'jest-kubelet/jest-globals';
import type { TestEvent } from '../../../../src/timeline/event';
import { messageOf } from '../messageOf';
import { answering, HEALTHZ, simulated } from '../simulated';

const READINESS = { readinessProbe: HEALTHZ };
const LIVENESS = { livenessProbe: HEALTHZ, ...READINESS };
/** Its database is down from 20s to 50s, and its readiness shows it. */
const DEPENDS: AppScript = { web: answering(['0s', 200], ['20s', 503], ['50s', 200]) };

/** Adds a database to a pod. The script contains the reaction of the pod. */
function withDatabase(pod: SimulatedPod) {
  pod.advance('20s');
  const act = async (action: TestEvent['action']) =>
    writable(pod.timeline).append({
      source: 'test',
      kind: 'TestActed',
      at: pod.timeline.now,
      action,
      service: 'postgres',
    });
  return Object.assign(pod, {
    service(name: string) {
      if (name !== 'postgres') throw new Error(`pod shop: unknown service "${name}". Valid services: postgres`);
      return { freeze: () => act('freeze'), thaw: () => act('thaw') };
    },
  });
}

const acts = (pod: SimulatedPod) => pod.timeline.of('TestActed').map(({ action, at }) => [action, at]);

test('passes if the pod is unready in the outage and Ready after it without a restart', async () => {
  const pod = withDatabase(simulated(READINESS, DEPENDS));
  await expect(pod).toSurviveOutageOf('postgres', { for: '30s' });
  expect(acts(pod)).toEqual([
    ['run', 0],
    ['freeze', 20_000],
    // The end of the window is included.
    ['thaw', 50_001],
  ]);
  expect(pod.timeline.now).toBeLessThan(61_000);
});

test('fails at the first restart, and thaws the service immediately', async () => {
  const pod = withDatabase(simulated(LIVENESS, DEPENDS));
  expect(await messageOf(() => expect(pod).toSurviveOutageOf('postgres', { for: '1m' }))).toBe(
    `expect(pod).toSurviveOutageOf('postgres', { for: '1m' })

Expected: no container to restart during a 1m outage of postgres, and pod to be Ready within 1m2s (the manifest's own limit: livenessProbe 10s + 2 × 10s + 1s + readinessProbe 10s + 2 × 10s + 1s) afterwards
Received: restart 1 of web (its liveness probe failed) after 40.0s

  (2 earlier lines left out)
   +0.0s  pod   Ready
  +20.0s  test  freeze     postgres
  +40.0s  web   Unhealthy  readiness probe failed (3/3): HTTP probe failed with statuscode: 503
  +40.0s  pod   unready    containers with unready status: [web]
  +40.0s  web   Unhealthy  liveness probe failed (3/3): HTTP probe failed with statuscode: 503
  +40.0s  web   Killing    Container web failed liveness probe, will be restarted (grace period 30s)
  +40.0s  web   exited     143, 0.0s after SIGTERM
> +40.0s  web   Started    restart 1, no back-off (first restart)
  +40.0s  pod   Ready
  +40.0s  test  thaw       postgres

3 failures × 10s: web was restarted 30.0s after its liveness probe last succeeded.

Cause: The liveness probe of web is the same as its readiness probe, so everything that makes it unready also restarts it.
Fix:   Check postgres in the readiness probe of web, not in its liveness probe, because a restart does not bring postgres back. The pod may be unready while postgres is unavailable.
       Make the liveness probe check only the process itself.
Docs:  jest-kubelet/docs/faq/probes.md#liveness-same-as-readiness`,
  );
  expect(acts(pod).at(-1)).toEqual(['thaw', pod.timeline.of('Started').at(-1)?.at]);
});

test('reports that the pod did not become Ready again', async () => {
  const pod = withDatabase(simulated(READINESS, { web: answering(['0s', 200], ['20s', 503]) }));
  expect(await messageOf(() => expect(pod).toSurviveOutageOf('postgres', { for: '30s' }))).toBe(
    `expect(pod).toSurviveOutageOf('postgres', { for: '30s' })

Expected: no container to restart during a 30s outage of postgres, and pod to be Ready within 1m (default: the manifest sets no limit) afterwards
Received: pod not Ready again after 110.0s: the readiness probe of web fails (HTTP probe failed with statuscode: 503)

    +0.0s  test  run
    +0.0s  web   Started    Container started
    +0.0s  pod   Ready
   +20.0s  test  freeze     postgres
   +40.0s  pod   unready    containers with unready status: [web]
   +50.0s  test  thaw       postgres
  +110.0s  web   Unhealthy  readiness probe failed (12/3): HTTP probe failed with statuscode: 503`,
  );
});

test('fails if the pod terminates', async () => {
  const script = { web: [...answering(['0s', 200]), { at: '30s', exit: 1 }] };
  const pod = withDatabase(simulated(READINESS, script, { restartPolicy: 'Never' }));
  expect(await messageOf(() => expect(pod).toSurviveOutageOf('postgres', { forMs: 60_000 }))).toBe(
    `expect(pod).toSurviveOutageOf('postgres', { forMs: 60000 })

Expected: no container to restart during a 1m outage of postgres, and pod to be Ready within 1m (default: the manifest sets no limit) afterwards
Received: pod not Ready after 30.0s: the phase of the pod is Failed: web exited with 1

   +0.0s  test  run
   +0.0s  web   Started    Container started
   +0.0s  pod   Ready
  +20.0s  test  freeze     postgres
> +30.0s  web   exited     1
  +30.0s  pod   unready
  +30.0s  web   Unhealthy  readiness probe failed (1/3): Get "http://10.244.0.7:80/healthz": dial tcp 10.244.0.7:80: connect: connection refused
  (2 later lines left out)`,
  );
});

test('passes under .not after a restart, or if the pod did not become Ready again', async () => {
  await expect(withDatabase(simulated(LIVENESS, DEPENDS))).not.toSurviveOutageOf('postgres', { for: '1m' });
  const gone = simulated(READINESS, { web: answering(['0s', 200], ['20s', 503]) });
  await expect(withDatabase(gone)).not.toSurviveOutageOf('postgres', { for: '30s' });
  const pod = withDatabase(simulated(READINESS, DEPENDS));
  expect(await messageOf(() => expect(pod).not.toSurviveOutageOf('postgres', { for: '30s' }))).toBe(
    `expect(pod).not.toSurviveOutageOf('postgres', { for: '30s' })

Expected: a container to restart during a 30s outage of postgres, or pod not to be Ready within 1m (default: the manifest sets no limit) afterwards
Received: pod Ready without a restart after 50.0s

   +0.0s  test  run
   +0.0s  web   Started    Container started
   +0.0s  pod   Ready
  +20.0s  test  freeze     postgres
  +40.0s  pod   unready    containers with unready status: [web]
  +40.0s  web   Unhealthy  readiness probe failed (4/3): HTTP probe failed with statuscode: 503
> +50.0s  pod   Ready
  +50.0s  test  thaw       postgres`,
  );
});

test('fails while a container with a failed liveness probe has not restarted yet', async () => {
  const stubborn = DEPENDS.web?.map((entry) => ({ ...entry, onTerm: { exitAfter: '25s', code: 0 } })) ?? [];
  const livenessProbe = { ...HEALTHZ, failureThreshold: 2 };
  const pod = withDatabase(simulated({ livenessProbe }, { web: stubborn }));
  await expect(pod).not.toSurviveOutageOf('postgres', { for: '15s' });
  expect(pod.status.containerStatuses).toMatchObject([{ restartCount: 1 }]);
});

test('thaws the service even if the wait throws', async () => {
  const pod = withDatabase(simulated(READINESS, DEPENDS));
  const service = pod.service('postgres');
  const broken = Object.assign(pod, {
    service: () => service,
    progress: () => Promise.reject(new Error('the wait went wrong')),
  });
  await expect(expect(broken).toSurviveOutageOf('postgres', { for: '30s' })).rejects.toThrow('the wait went wrong');
  expect(acts(pod).map(([action]) => action)).toEqual(['run', 'freeze', 'thaw']);
});

test('rejects invalid arguments, also under .not', async () => {
  const bare = simulated(READINESS, DEPENDS);
  const refusals: readonly (readonly [() => unknown, string])[] = [
    [
      () => expect(bare).not.toSurviveOutageOf('postgres', { for: '30s' }),
      'toSurviveOutageOf needs a pod with services: runPod(…, { services: { … } })',
    ],
    [
      () => expect(withDatabase(simulated(READINESS, {}))).not.toSurviveOutageOf('postgres', { for: '30s' }),
      'toSurviveOutageOf needs a Ready pod. Wait first: await expect(pod).toBecomeReady()',
    ],
    [
      () => expect(withDatabase(simulated(READINESS, DEPENDS))).not.toSurviveOutageOf('redis', { for: '30s' }),
      'pod shop: unknown service "redis". Valid services: postgres',
    ],
    [
      // @ts-expect-error for how long?
      () => expect(withDatabase(simulated(READINESS, DEPENDS))).not.toSurviveOutageOf('postgres'),
      "toSurviveOutageOf needs a duration, for example toSurviveOutageOf('postgres', { for: '30s' })",
    ],
  ];
  for (const [call, why] of refusals) expect(await messageOf(call)).toContain(`Matcher error: ${why}`);
});
