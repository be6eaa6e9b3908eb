import { describe, expect, test } from '@jest/globals';
import { createPod, NODE, type PodState } from '../../../../src/kubelet';
import { newEffects } from '../../../../src/kubelet/effects/effects';
import {
  addPod,
  dueWorkers,
  removePod,
  stopLivenessAndStartup,
  triggerManually,
  wakeWorkerAt,
} from '../../../../src/kubelet/prober/proberManager';
import type { ProberState } from '../../../../src/kubelet/state/proberState';
import type { ProbeWorker } from '../../../../src/kubelet/state/probeWorker';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import { s } from '../../../fidelity/kubelet/scenarios';

const probe = { httpGet: { port: 80 }, periodSeconds: 10 };

/** Creates a pod with a probed regular container, a probed sidecar and an init container. */
function created(config: Parameters<typeof createPod>[1] = {}): PodState {
  const spec = {
    initContainers: [
      { name: 'setup', image: 'setup:1' },
      { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' as const, livenessProbe: probe },
    ],
    containers: [{ name: 'web', image: 'web:1', readinessProbe: probe, livenessProbe: probe }],
  };
  return createPod(applyDefaults({ metadata: { name: 'web' }, spec }), config).state;
}

function added(state: PodState, at = 5): ProberState {
  return addPod(state.prober, state, newEffects(state, s(at)));
}

const namesOf = ({ workers }: ProberState) => workers.map(({ container, type }) => `${container.name}/${type}`);

describe('addPod', () => {
  test('creates one worker per probe of regular containers and sidecars', () => {
    const { prober } = created();
    const state = created();
    expect(namesOf(added(state))).toEqual(['web/readiness', 'web/liveness', 'proxy/liveness']);
    expect(state.prober).toEqual(prober);
  });

  test('adds no worker twice', () => {
    const state = created();
    const prober = added(state);
    expect(addPod(prober, state, newEffects(state, s(9)))).toEqual(prober);
  });

  test('creates no worker for a container that never runs again', () => {
    const state = created();
    const exited = { id: 'c', name: 'web', image: 'web:1', restartCount: 0, sandboxId: 's', exitCode: 0 };
    const sandbox = { id: 's', attempt: 0, ready: true, podIP: '10.0.0.1' };
    const runtime = { sandbox, created: {}, instances: [{ ...exited, state: 'exited' as const }] };
    const pod = { ...state.pod, spec: { ...state.pod.spec, restartPolicy: 'Never' as const } };
    expect(namesOf(added({ ...state, pod, runtime }))).toEqual(['proxy/liveness']);
  });

  test.each([
    ['Never', 137, ['proxy/liveness']],
    ['OnFailure', 0, ['proxy/liveness']],
    ['Always', 0, ['web/readiness', 'web/liveness', 'proxy/liveness']],
  ] as const)('creates workers for the next sandbox under %s after exit code %d', (...row) => {
    const [restartPolicy, exitCode, names] = row;
    const state = created();
    const exited = { id: 'c', name: 'web', image: 'web:1', restartCount: 0, sandboxId: 's', exitCode };
    const gone = { ...exited, id: 'd', name: 'proxy', image: 'proxy:1' };
    const sandbox = { id: 's', attempt: 0, ready: false, podIP: '10.0.0.1' };
    const instances = [exited, gone].map((each) => ({ ...each, state: 'exited' as const }));
    const runtime = { sandbox, created: {}, instances };
    const pod = { ...state.pod, spec: { ...state.pod.spec, restartPolicy } };
    expect(
      namesOf(added({ ...state, pod, runtime })).filter((name) => names.length > 0 || name.startsWith('web')),
    ).toEqual(names);
  });

  test('spreads the first ticks only if the kubelet is younger than a period', () => {
    const state = created();
    expect(added(state).workers.map(({ nextTickAt }) => nextTickAt)).toEqual([s(5), s(5), s(5)]);
    const ticks = added({ ...state, kubeletStartedAt: s(1) }).workers.map(({ nextTickAt }) => nextTickAt);
    expect(new Set(ticks).size).toBe(3);
    expect(ticks.every((at) => at >= s(5) && at < s(15))).toBe(true);
  });
});

describe('dueWorkers', () => {
  test('returns idle workers with a tick, a kept tick or a trigger', () => {
    const state = created();
    const [readiness, liveness, proxy] = added(state).workers as [ProbeWorker, ProbeWorker, ProbeWorker];
    const inFlight = { run: 1, startedAt: s(5), tries: 1 };
    const workers = [
      { ...readiness, nextTickAt: s(20), poked: true },
      { ...liveness, nextTickAt: s(20) },
      { ...proxy, inFlight },
    ];
    const out = newEffects(state, s(10));
    expect(dueWorkers({ workers, results: {} }, state, out)).toEqual([workers[0]]);
    expect(out.random).toBe(state.random);
  });

  test('returns workers in random order on a node if several are due together', () => {
    const state = created({ profile: NODE });
    const orders = [1, 2, 3, 4, 5, 6, 7, 8].map((random) => {
      const out = newEffects({ ...state, random }, s(5));
      return namesOf({ workers: dueWorkers(added(state), state, out), results: {} }).join(' ');
    });
    expect(new Set(orders).size).toBeGreaterThan(1);
  });
});

test('triggerManually runs the readiness probes of the named containers immediately', () => {
  const prober = triggerManually(added(created()), ['web']);
  expect(prober.workers.filter(({ poked }) => poked).map(({ type }) => type)).toEqual(['readiness']);
  expect(prober.workers.map((worker) => wakeWorkerAt({ ...worker, nextTickAt: s(20) }, s(7)))).toEqual([
    s(7),
    s(20),
    s(20),
  ]);
});

test('stopLivenessAndStartup keeps the workers of readiness and sidecars', () => {
  const state = created();
  expect(namesOf(stopLivenessAndStartup(added(state), state.pod))).toEqual(['web/readiness', 'proxy/liveness']);
});

test('removePod removes the results with the workers', () => {
  const { workers } = added(created());
  const prober = removePod({
    workers: workers.map((worker) => ({ ...worker, containerID: 'c' })),
    results: { c: { liveness: 'Success' }, other: { liveness: 'Failure' } },
  });
  expect(prober).toEqual({ workers: [], results: { other: { liveness: 'Failure' } } });
});
