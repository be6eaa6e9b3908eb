import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { becameReady } from '../../../src/assertions/status/ready';
import { IDEAL, NODE } from '../../../src/kubelet';
import { applyDefaults } from '../../../src/manifest/admission/defaults';
import { ScriptedPod } from '../../../src/pod/simulated/scriptedPod';
import type { ScriptEntry } from '../../../src/runtime/scripted/script';
import { isReady } from '../../../src/timeline/condition';
import { readyLimit } from '../../../src/timing/waits';
import { waitFor } from '../../../src/waiting/waitFor';

const seconds = (min: number, max: number) => fc.integer({ min, max });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const numbers = fc.record({
  initialDelaySeconds: seconds(0, 4),
  periodSeconds: seconds(1, 5),
  timeoutSeconds: seconds(1, 7),
  failureThreshold: seconds(1, 4),
});
const hook = maybe(
  fc.oneof(
    seconds(1, 20).map((value) => ({ postStart: { sleep: { seconds: value } } })),
    fc.constant({ postStart: { exec: { command: ['hook'] } } }),
  ),
);
const container = fc.record({
  startup: maybe(numbers),
  readiness: maybe(numbers),
  lifecycle: hook,
  upMs: seconds(0, 30_000),
  hookSeconds: seconds(0, 59),
});
type Random = typeof container extends fc.Arbitrary<infer T> ? T : never;

function written(name: string, { startup, readiness, lifecycle }: Random, more: object = {}) {
  return {
    name,
    image: `${name}:1`,
    ...(startup && { startupProbe: { ...startup, exec: { command: ['check'] } } }),
    ...(readiness && { readinessProbe: { ...readiness, exec: { command: ['check'] } } }),
    ...(lifecycle && { lifecycle }),
    ...more,
  };
}

function script({ upMs, hookSeconds }: Random): readonly ScriptEntry[] {
  const begin = { at: '0s', exec: { check: { takes: 'forever' }, hook: { takes: `${hookSeconds}s` } } };
  return [begin, { at: `${upMs + 1}ms`, exec: { check: 0 } }];
}

/** Init containers, sidecars, pulls and hooks come before the probes, each within its own limit. */
test('a pod that can start becomes Ready within the limits of its phases', async () => {
  let started = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.record({ init: maybe(seconds(0, 59)), sidecar: maybe(container), web: container, db: maybe(container) }),
      fc.record({
        node: fc.constantFrom(IDEAL, NODE),
        firstSyncMs: seconds(0, 999),
        pullMs: seconds(0, 290_000),
        startMs: seconds(0, 3_000),
      }),
      async ({ init, sidecar, web, db }, { node, firstSyncMs, pullMs, startMs }) => {
        const initContainers = [
          ...(init === undefined ? [] : [{ name: 'migrate', image: 'migrate:1' }]),
          ...(sidecar ? [written('proxy', sidecar, { restartPolicy: 'Always' })] : []),
        ];
        const containers = [written('web', web), ...(db ? [written('db', db)] : [])];
        const profile = { ...node, firstSyncMs, pullMs, repullMs: pullMs, startMs };
        const make = () =>
          new ScriptedPod(
            applyDefaults({ metadata: { name: 'shop' }, spec: { initContainers, containers } }),
            {
              web: script(web),
              ...(db && { db: script(db) }),
              ...(sidecar && { proxy: script(sidecar) }),
              ...(init !== undefined && { migrate: [{ at: `${init}s`, exit: 0 }] }),
            },
            { profile },
          );
        const allowed = make();
        const isKilled = () => allowed.timeline.of('Killing').length > 0;
        while (!isReady(allowed.timeline.status) && !isKilled()) allowed.advance('10s');
        fc.pre(!isKilled());
        started += 1;
        const podRun = make();
        const { result } = await waitFor({
          podRun,
          limit: { limit: readyLimit(podRun.pod.spec), from: 'start' },
          evaluate: (timeline) => becameReady(timeline, 0, podRun.pod),
        });
        expect(result.outcome).toBe('passed');
      },
    ),
    { numRuns: 200, seed: 20 },
  );
  expect(started).toBe(200);
});
