import { expect, test } from '@jest/globals';
import type { Actor } from '../../../../../src/gate/model/actor';
import type { CheckId } from '../../../../../src/gate/model/checks';
import { runGate } from '../../../../../src/gate/runGate';
import { simulatePod } from '../../../../../src/pod/simulated/simulatePod';
import { RuntimeError } from '../../../../../src/runtime/runtimeError';
import { gate, HEALTHY, pod } from '../../gateOf';

/** Returns the actions on each pod, and its lifetime in seconds on its clock. */
async function livesFor(checks: readonly CheckId[]) {
  const actors: Actor[] = [];
  const disguise = (actor: Actor) => {
    actors.push(actor);
    return actor;
  };
  await gate({ spec: pod(), app: { web: HEALTHY }, checks, disguise });
  return actors.map(({ timeline }) => ({
    acts: timeline.of('TestActed').map(({ action }) => action),
    seconds: Math.floor(timeline.now / 1_000),
  }));
}

test('ends an experiment once all its requested checks have results', async () => {
  expect(await livesFor(['ready-in-budget'])).toEqual([{ acts: ['run'], seconds: 1 }]);
  expect(await livesFor(['stays-ready'])).toEqual([{ acts: ['run'], seconds: 19 }]);
});

test('continues a failed experiment to its end', async () => {
  const readinessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 1 };
  const app = { web: [{ ...HEALTHY[0], at: '0s' as const, tcp: { '8080': 'open' as const } }] };
  const { results } = await gate({ spec: pod({ readinessProbe }), app, checks: ['readiness-leaves-endpoints'] });
  expect(results.map(({ outcome }) => outcome)).toEqual(['failed']);
});

/** Runs a gate whose pods fail to start or start too late. */
function startedBy(start: () => Promise<Actor>, deadline?: AbortSignal) {
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: pod() };
  const subject = {
    pod: simulatePod(manifest, {}).pod,
    backend: { publishNotReadyAddresses: false },
    services: [],
    endpointRemovalDelay: '1s' as const,
    kubernetesVersion: '1.36',
  };
  return runGate(subject, { start, parallel: 2, ...(deadline && { deadline }) });
}

test('rejects with the error of the engine if no engine is available', async () => {
  const missing = new RuntimeError('container engine', 'none answers');
  await expect(startedBy(() => Promise.reject(missing))).rejects.toBe(missing);
});

test('returns notRun for experiments after the --within limit', async () => {
  const over = new AbortController();
  const never = new Promise<Actor>(() => {});
  const results = startedBy(() => never, over.signal);
  over.abort();
  expect((await results).find(({ check }) => check === 'recovers')).toEqual({
    check: 'recovers',
    outcome: 'notRun',
    answers: ['hangs', 'crashes'].map((kind) => ({
      check: 'recovers',
      outcome: 'notRun',
      message: { kind: 'cut', experiment: { kind, container: 'web' }, cut: { kind: 'outOfTime' } },
    })),
  });
});

test('returns notRun for a failure by time alone if the app got no CPU', async () => {
  const checks = ['ready-in-budget'] as const;
  const why = 'machine overloaded: web had waited 20.0s of 60.0s for a CPU when the wait was over';
  const silent = { web: [{ at: '0s', http: { '8080': { '/healthz': 503 } } }] };
  const spec = pod({ livenessProbe: undefined });
  const disguise = (actor: Actor) => Object.assign(actor, { explainUnfairness: async () => why });
  const { results } = await gate({ spec, app: silent, checks, disguise });
  expect(results).toEqual([
    {
      check: 'ready-in-budget',
      outcome: 'notRun',
      answers: [
        {
          check: 'ready-in-budget',
          outcome: 'notRun',
          message: {
            kind: 'cut',
            experiment: { kind: 'undisturbed' },
            cut: { kind: 'aborted', abort: { kind: 'error', message: why } },
          },
          isBroken: true,
          isRepeated: true,
        },
      ],
    },
  ]);
  expect((await gate({ spec, app: silent, checks })).results).toMatchObject([{ outcome: 'failed' }]);
});

test('returns notRun for a failure if the engine fails before the pod is removed', async () => {
  let removed = 0;
  let removedWhenAsked: number | undefined;
  const failure = new RuntimeError('container engine', 'ended the sandbox of a pod');
  const checkEngine = async () => {
    removedWhenAsked ??= removed;
    throw failure;
  };
  const remove = async () => {
    removed += 1;
  };
  const disguise = (actor: Actor) => Object.assign(actor, { remove });
  const crashes = { web: [{ at: '2s', exit: 1 }] };
  const { results } = await gate({ spec: pod(), app: crashes, disguise, checkEngine });
  expect(removedWhenAsked).toBe(0);
  for (const { check, outcome, answers } of results.filter(({ outcome }) => outcome !== 'notApplicable')) {
    expect([check, outcome]).toEqual([check, 'notRun']);
    for (const { message, isBroken } of answers) {
      expect([message, isBroken]).toMatchObject([{ cut: { kind: 'noResult', error: failure.message } }, true]);
    }
  }
});

test('returns notRun for a pass if the engine fails', async () => {
  const failure = new RuntimeError('container engine', 'does not answer any more');
  const checkEngine = () => Promise.reject(failure);
  const { results } = await gate({ spec: pod(), app: { web: HEALTHY }, checks: ['ready-in-budget'], checkEngine });
  expect(results).toMatchObject([{ outcome: 'notRun', answers: [{ isBroken: true }] }]);
});
