import { expect, test } from '@jest/globals';
import { type AppScript, profiles, type SimulatedPod, simulatePod } from 'jest-kubelet';
import type { Instant } from '../../../src/clock/instant';
import { WritableTimeline } from '../../../src/timeline/writableTimeline';
import { measuredScript } from './measuredScript';
import { expectSameOrderInSimulation } from './sameOrder';

// The script replaces containers, and the engine is slow, so the expected measurements are known.
const SLOW_ENGINE = { ...profiles.ideal, name: 'a slow engine', pullMs: 50, startMs: 400, stopMs: 120 };

const LIVENESS = { httpGet: { path: '/alive', port: 'http' }, periodSeconds: 2 };
const PORTS = [{ name: 'http', containerPort: 8080 }];

function run(containers: readonly object[], app: AppScript, spec: object = {}): SimulatedPod {
  const all = containers.map((container, index) => ({ name: `c${index}`, image: 'busybox:1.36', ...container }));
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { ...spec, containers: all } };
  return simulatePod(manifest, app, { profile: SLOW_ENGINE });
}

function failsAfter5s(): SimulatedPod {
  return run([{ ports: PORTS, livenessProbe: LIVENESS }], {
    c0: [
      { at: '0s', http: { 8080: { '/alive': 200 } }, onTerm: { exitAfter: '700ms', code: 3 } },
      { at: '5s', http: { 8080: { '/alive': 500 } } },
    ],
  });
}

test('has the responses and the exit of each run, with changes halfway between probes', () => {
  const pod = failsAfter5s();
  pod.advance('11s');

  const answer = (at: string, status: number) => ({
    run: 1,
    at,
    http: { 8080: { '/alive': { status, takes: '0ms' } } },
  });
  expect(probedAt(pod)).toEqual([1_550, 3_550, 5_550, 7_550, 9_550]);
  expect(measuredScript(pod).c0).toEqual([
    { run: 1, at: '0s', startLag: '450ms' },
    answer('0ms', 200),
    answer('2550ms', 200),
    answer('4550ms', 500),
    answer('6550ms', 500),
    answer('8550ms', 500),
    { run: 1, at: '0s', onTerm: { exitAfter: '820ms', code: 3 } },
  ]);
});

test.each<[string, SimulatedPod]>([
  ['fails its liveness probe again and again', failsAfter5s()],
  [
    'does not heed its stop signal',
    run([{ livenessProbe: { exec: { command: ['check'] }, periodSeconds: 2 } }], {
      c0: [
        { at: '0s', exec: { check: 0 }, onTerm: { ignore: true } },
        { at: '5s', exec: { check: 1 } },
      ],
    }),
  ],
  ['exits again and again', run([{}], { c0: [{ at: '300ms', exit: 1 }] })],
  ['ends', run([{}], { c0: [{ at: '2s', exit: 0 }] }, { restartPolicy: 'Never' })],
  [
    'becomes ready late, and fails a while',
    run([{ ports: PORTS, readinessProbe: { ...LIVENESS, periodSeconds: 1 } }], {
      c0: [
        { at: '2500ms', http: { 8080: { '/alive': 200 } } },
        { at: '9s', http: { 8080: { '/alive': 503 } } },
        { at: '14s', http: { 8080: { '/alive': 200 } } },
      ],
    }),
  ],
  [
    'has containers that come and go beside each other',
    run([{ ports: PORTS, livenessProbe: LIVENESS }, {}], {
      c0: [
        { at: '0s', http: { 8080: { '/alive': 200 } } },
        { at: '5s', http: { 8080: { '/alive': 500 } } },
      ],
      c1: [{ at: '3s', exit: 1 }],
    }),
  ],
])('repeats the timeline of a pod that %s', async (_, pod) => {
  pod.advance('2m');
  await expectSameOrderInSimulation(pod);
});

test.each([
  ['takes a while', { code: 0, takes: '1500ms' }],
  ['fails', { code: 1, takes: '200ms' }],
  ['ends with its container', { takes: 'forever' }],
])('repeats the timeline of a deletion with a hook that %s', async (_, drain) => {
  const pod = run([{ lifecycle: { preStop: { exec: { command: ['drain'] } } } }], {
    c0: [
      { at: '0s', exec: { drain }, onTerm: { exitAfter: '600ms', code: 0 } },
      { at: '6s', exit: 0 },
    ],
  });
  pod.advance('3s');
  await pod.delete();
  await expectSameOrderInSimulation(pod);
});

test.each([['Killing'], ['Unhealthy'], ['Created']])('fails if the kubelet omitted %s', async (reason) => {
  const pod = failsAfter5s();
  pod.advance('20s');
  const timeline = new WritableTimeline();
  const left = pod.timeline.events.findIndex(({ kind }) => kind === reason);
  for (const [index, event] of pod.timeline.events.entries()) if (index !== left) timeline.append(event);
  timeline.advance(20_000 as Instant);
  const run = { pod: pod.pod, timeline, ended: false, broken: undefined, progress: async () => {} };

  await expect(expectSameOrderInSimulation(run)).rejects.toThrow(`+   "c0 ${reason}"`);
});

/** Returns when its probes ran, from the start of its container. */
function probedAt({ timeline }: SimulatedPod): readonly number[] {
  const startedAt = timeline.of('ContainerStarted')[0]?.at ?? 0;
  return timeline.of('ProbeFinished').map(({ at }) => at - startedAt);
}
