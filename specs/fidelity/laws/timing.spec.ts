import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IDEAL, type KubeletConfig, NODE } from '../../../src/kubelet';
import { applyDefaults } from '../../../src/manifest/admission/defaults';
import type { Probe } from '../../../src/manifest/model';
import { ScriptedPod } from '../../../src/pod/simulated/scriptedPod';
import type { ScriptEntry } from '../../../src/runtime/scripted/script';
import type { EventOf, ProbeType } from '../../../src/timeline/event';
import { historyOf } from '../../../src/timeline/history/podHistory';
import { longestRetryMs } from '../../../src/timing/backOff';
import { probeTiming, resultMs } from '../../../src/timing/probeTiming';
import { stopTiming } from '../../../src/timing/stopTiming';
import { postStartLimit, readyLimit, restartLimit, unreadyLimit } from '../../../src/timing/waits';

// Every bound of src/timing against the simulated kubelet: no run exceeds one, and the worst order of ticks comes close.

const CLOSE_MS = 50;
const RUNS = { numRuns: 400, seed: 20 };

const seconds = (min: number, max: number) => fc.integer({ min, max });
const fields = {
  initialDelaySeconds: seconds(0, 4),
  periodSeconds: seconds(1, 5),
  timeoutSeconds: seconds(1, 7),
  failureThreshold: seconds(1, 4),
};
const numbers = fc.record(fields);
const readinessNumbers = fc.record({ ...fields, successThreshold: seconds(1, 3) });
/** When the container starts, against the ticks of its probes. */
const order = fc.record({ firstSyncMs: fc.integer({ min: 0, max: 999 }), lagMs: fc.integer({ min: 0, max: 6_000 }) });
const hook = fc.oneof(
  fc.constant(undefined),
  seconds(0, 6).map((value) => ({ sleep: { seconds: value } })),
  seconds(0, 6).map((value) => ({ exec: { command: ['hook', `${value}`] } })),
);
const onTerm = fc.oneof(
  fc.constant({ ignore: true }),
  seconds(0, 9).map((value) => ({ exitAfter: `${value}s`, code: 0 })),
);

const NO_LAG: Order = { firstSyncMs: 0, lagMs: 0 };

type Numbers = typeof numbers extends fc.Arbitrary<infer T> ? T : never;
interface Order {
  readonly firstSyncMs: number;
  readonly lagMs: number;
}

const HANGS = { exec: { check: { takes: 'forever' } } };
const WORKS = { exec: { check: 0 } };
const HOOKS = Object.fromEntries(
  Array.from({ length: 7 }, (_, value) => [`hook ${value}`, { code: 0, takes: `${value}s` }]),
);

function makeProbe(more: Numbers): Probe {
  return { successThreshold: 1, ...more, exec: { command: ['check'] } };
}

function play(
  web: object,
  script: readonly ScriptEntry[],
  { firstSyncMs, lagMs }: Order,
  { grace = 30, ...options }: Partial<KubeletConfig> & { readonly grace?: number } = {},
): ScriptedPod {
  const [first = { at: '0s' }, ...rest] = script;
  const begins = { ...first, startLag: `${lagMs}ms`, exec: { ...HOOKS, ...first.exec } };
  const pod = applyDefaults({
    metadata: { name: 'shop' },
    spec: { terminationGracePeriodSeconds: grace, containers: [{ name: 'web', image: 'web:1', ...web }] },
  });
  return new ScriptedPod(pod, { web: [begins, ...rest] }, { profile: { ...IDEAL, firstSyncMs }, ...options });
}

const at = (pod: ScriptedPod, kind: 'Started' | 'Killing' | 'ContainerExited') =>
  pod.timeline.of(kind)[0]?.at ?? Number.NaN;

function attemptsOf(pod: ScriptedPod, type: ProbeType): readonly EventOf<'ProbeFinished'>[] {
  return pod.timeline.of('ProbeFinished').filter(({ probe }) => probe === type);
}

/** Returns when the Ready condition first has this value after an instant. */
function becomes(pod: ScriptedPod, isReady: boolean, fromMs = 0): number {
  const found = pod.timeline
    .of('StatusPublished')
    .find(
      ({ at: when, status }) =>
        when >= fromMs &&
        status.conditions.some(({ type, status: is }) => type === 'Ready' && (is === 'True') === isReady),
    );
  return found?.at ?? Number.NaN;
}

/** Returns the order in which a tick happens just before the end of the delay. */
function worstOrder({ initialDelaySeconds, periodSeconds }: Numbers): Order {
  const start = ((((1 - initialDelaySeconds) % periodSeconds) + periodSeconds) % periodSeconds) + periodSeconds;
  return { firstSyncMs: 999, lagMs: start * 1_000 - 999 };
}

describe('probeTiming', () => {
  test('limits each failure of a start that never succeeds, and the kill', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('startup' as const, 'liveness' as const),
        numbers,
        order,
        hook,
        (type, given, when, postStart) => {
          const probe = makeProbe(given);
          const pod = play(
            { [`${type}Probe`]: probe, ...(postStart && { lifecycle: { postStart } }) },
            [{ at: '0s', ...HANGS }],
            when,
          );
          pod.advance('1m');
          const from = pod.timeline.of('HookFinished')[0]?.at ?? at(pod, 'Started');
          const { firstAttempt, givenUpMs, survivedStartMs } = probeTiming(probe);
          const attempts = attemptsOf(pod, type).filter(({ at: end }) => end <= at(pod, 'Killing'));
          const [first] = attempts;
          expect((first?.at ?? 0) - (first?.tookMs ?? 0) - from).toBeLessThanOrEqual(firstAttempt.latest);
          for (const [index, { at: end }] of attempts.entries()) {
            expect(end - from).toBeLessThanOrEqual(resultMs(probe, index + 1));
          }
          expect(at(pod, 'Killing') - from).toBeLessThanOrEqual(givenUpMs);
          // The kubelet truncates the start of the container to whole seconds.
          expect(at(pod, 'Killing') - at(pod, 'Started')).toBeGreaterThan(survivedStartMs - 1_000);
        },
      ),
      RUNS,
    );
  });

  test('is within 50ms of the kill in the worst order of ticks', () => {
    fc.assert(
      fc.property(fc.constantFrom('startup' as const, 'liveness' as const), numbers, (type, given) => {
        const probe = makeProbe(given);
        const pod = play({ [`${type}Probe`]: probe }, [{ at: '0s', ...HANGS }], worstOrder(given));
        pod.advance('1m');
        const { firstAttempt, givenUpMs } = probeTiming(probe);
        const [first] = attemptsOf(pod, type);
        const began = (first?.at ?? 0) - (first?.tookMs ?? 0) - at(pod, 'Started');
        expect(firstAttempt.latest - began).toBeLessThanOrEqual(CLOSE_MS);
        expect(givenUpMs - (at(pod, 'Killing') - at(pod, 'Started'))).toBeLessThanOrEqual(CLOSE_MS);
      }),
      RUNS,
    );
  });

  test('limits the detection of a fault, which is slowest just after an attempt', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('readiness' as const, 'liveness' as const),
        numbers,
        order,
        fc.integer({ min: 10_000, max: 20_000 }),
        (type, given, when, hangsMs) => {
          const probe = makeProbe(given);
          const { detectedMs, failingMs } = probeTiming(probe);
          const run = (faultMs: number) => {
            const pod = play(
              { [`${type}Probe`]: probe },
              [
                { at: '0s', ...WORKS },
                { at: `${faultMs}ms`, ...HANGS },
              ],
              when,
            );
            pod.advance('1m');
            const fault = at(pod, 'Started') + faultMs;
            const failed = attemptsOf(pod, type).find(({ result }) => result === 'Failure');
            const detected = type === 'liveness' ? at(pod, 'Killing') : becomes(pod, false, fault);
            expect(detected - fault).toBeLessThanOrEqual(detectedMs);
            expect(detected - ((failed?.at ?? 0) - (failed?.tookMs ?? 0))).toBeLessThanOrEqual(failingMs);
            return { pod, tookMs: detected - fault };
          };
          const { pod } = run(hangsMs);
          const attempts = attemptsOf(pod, type);
          const before = attempts[attempts.findIndex(({ result }) => result === 'Failure') - 1]?.at ?? 0;
          expect(detectedMs - run(before - at(pod, 'Started') + 1).tookMs).toBeLessThanOrEqual(CLOSE_MS);
        },
      ),
      RUNS,
    );
  });

  test('limits the recovery from a fault, which is slowest just after an attempt begins', () => {
    fc.assert(
      fc.property(readinessNumbers, order, fc.integer({ min: 25_000, max: 40_000 }), (given, when, backMs) => {
        const probe = { ...given, exec: { command: ['check'] } };
        const { succeededMs } = probeTiming(probe);
        const run = (recoversMs: number, ticks: Order) => {
          const slow = { exec: { check: { code: 0, takes: `${given.timeoutSeconds * 1_000 - 1}ms` } } };
          const script = [
            { at: '0s', ...HANGS },
            { at: `${recoversMs}ms`, ...slow },
          ];
          const pod = play({ readinessProbe: probe }, script, ticks);
          pod.advance('1m30s');
          const recovered = at(pod, 'Started') + recoversMs;
          const tookMs = becomes(pod, true) - recovered;
          expect(tookMs).toBeLessThanOrEqual(succeededMs);
          return { pod, tookMs };
        };
        run(backMs, when);
        // Attempts that begin with the ticks.
        const { pod } = run(backMs, NO_LAG);
        const failed = attemptsOf(pod, 'readiness').findLast(({ result }) => result === 'Failure');
        const began = (failed?.at ?? 0) - (failed?.tookMs ?? 0) - at(pod, 'Started');
        expect(succeededMs - run(began + 1, NO_LAG).tookMs).toBeLessThanOrEqual(CLOSE_MS);
      }),
      { ...RUNS, numRuns: 250 },
    );
  });
});

test('stopTiming limits a stop, and an app that ignores SIGTERM reaches the limit', () => {
  fc.assert(
    fc.property(
      hook,
      onTerm,
      seconds(0, 8),
      fc.option(seconds(1, 8), { nil: undefined }),
      (preStop, term, grace, own) => {
        const livenessProbe = {
          ...makeProbe({ initialDelaySeconds: 0, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 1 }),
          ...(own !== undefined && { terminationGracePeriodSeconds: own }),
        };
        const lifecycle = preStop && { preStop };
        const pod = play({ livenessProbe, lifecycle }, [{ at: '0s', ...HANGS, onTerm: term }], NO_LAG, { grace });
        pod.advance('1m');
        const timing = stopTiming(
          { livenessProbe, ...(lifecycle && { lifecycle }) },
          { terminationGracePeriodSeconds: grace },
          'liveness',
        );
        const killing = at(pod, 'Killing');
        const [signal, kill] = pod.timeline.of('SignalSent').filter(({ at: sent }) => sent < killing + 30_000);
        expect((signal?.at ?? Number.NaN) - killing).toBeLessThanOrEqual(timing.termAt.latest);
        expect(at(pod, 'ContainerExited') - killing).toBeLessThanOrEqual(timing.goneByMs);
        if (!('ignore' in term)) return;
        expect(kill?.signal).toBe('SIGKILL');
        expect((kill?.at ?? 0) - killing).toBeGreaterThanOrEqual(timing.killAt.earliest - CLOSE_MS);
        if (timing.killAt.earliest === timing.killAt.latest) expect((kill?.at ?? 0) - killing).toBe(timing.goneByMs);
      },
    ),
    RUNS,
  );
  // A command of unknown length can take the whole grace period, and leaves the least one.
  const preStop = { exec: { command: ['hang'] } };
  const livenessProbe = makeProbe({ initialDelaySeconds: 0, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 1 });
  const stuck = { at: '0s', exec: { ...HANGS.exec, hang: { takes: 'forever' } }, onTerm: { ignore: true } };
  const pod = play({ livenessProbe, lifecycle: { preStop } }, [stuck], NO_LAG, { grace: 7 });
  pod.advance('1m');
  expect(at(pod, 'ContainerExited') - at(pod, 'Killing')).toBe(9_000);
  expect(
    stopTiming({ livenessProbe, lifecycle: { preStop } }, { terminationGracePeriodSeconds: 7 }, 'liveness').goneByMs,
  ).toBe(9_000);
});

describe('waits', () => {
  test('longestRetryMs limits each retry after a back-off, and the latest one reaches it', () => {
    const latest = new Map<number, number>();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
        const pod = play({}, [{ at: '1ms', exit: 1 }], NO_LAG, { profile: { ...IDEAL, jitter: NODE.jitter }, seed });
        pod.advance('3m');
        const delays = pod.timeline.of('BackOff').map(({ delayMs = 0 }) => delayMs);
        for (const { started, exited, attempt } of historyOf(pod.timeline).restarts) {
          const delayMs = [...new Set(delays)][attempt - 2] ?? 0;
          const tookMs = started.at - (exited?.at ?? 0);
          expect(tookMs).toBeLessThanOrEqual(longestRetryMs(delayMs));
          latest.set(delayMs, Math.max(latest.get(delayMs) ?? 0, tookMs));
        }
      }),
      { ...RUNS, numRuns: 600 },
    );
    expect(longestRetryMs(10_000) - (latest.get(10_000) ?? 0)).toBeLessThanOrEqual(CLOSE_MS);
  });

  test('postStartLimit is the duration of a sleep hook', () => {
    fc.assert(
      fc.property(numbers, seconds(1, 6), (given, sleep) => {
        const startupProbe = makeProbe(given);
        const lifecycle = { postStart: { sleep: { seconds: sleep } } };
        const pod = play({ startupProbe, lifecycle }, [{ at: '0s', ...HANGS }], worstOrder(given));
        pod.advance('15s');
        const [container] = pod.pod.spec.containers;
        const hook = container && postStartLimit(container);
        const hookMs = (pod.timeline.of('HookFinished')[0]?.at ?? 0) - at(pod, 'Started');
        expect((hook?.ms ?? 0) - hookMs).toBe(0);
      }),
      { ...RUNS, numRuns: 50 },
    );
  });

  test('readyLimit limits the start of a pod whose probes allow it to start', () => {
    fc.assert(
      fc.property(
        fc.option(numbers, { nil: undefined }),
        fc.option(readinessNumbers, { nil: undefined }),
        order,
        hook,
        fc.integer({ min: 0, max: 30_000 }),
        (startup, readiness, when, postStart, upMs) => {
          const startupProbe = startup && makeProbe(startup);
          const readinessProbe = readiness && { ...readiness, exec: { command: ['ready'] } };
          const lifecycle = postStart && { postStart };
          const web = {
            ...(startupProbe && { startupProbe }),
            ...(readinessProbe && { readinessProbe }),
            ...(lifecycle && { lifecycle }),
          };
          const up = upMs === 0 ? { at: '0s', ...WORKS } : { at: `${upMs}ms`, ...WORKS };
          const pod = play(web, upMs === 0 ? [up] : [{ at: '0s', ...HANGS }, up], when);
          pod.advance('1m30s');
          // A start that its probe ends is not one that it allows.
          fc.pre(Number.isNaN(at(pod, 'Killing')));
          const { ms } = readyLimit(pod.pod.spec);
          const hookMs = pod.timeline.of('HookFinished')[0]?.at ?? at(pod, 'Started');
          expect(becomes(pod, true) - hookMs).toBeLessThanOrEqual(ms);
          const [container] = pod.pod.spec.containers;
          const limit = container && postStartLimit(container);
          if (limit) expect(hookMs - at(pod, 'Started')).toBeLessThanOrEqual(limit.ms);
        },
      ),
      RUNS,
    );
  });

  test('restartLimit limits the n-th restart of an app that hangs or crashes', () => {
    fc.assert(
      fc.property(
        numbers,
        hook,
        fc.option(seconds(0, 5), { nil: undefined }),
        seconds(1, 7),
        fc.nat(),
        fc.constantFrom('1.30', '1.36'),
        (given, postStart, crashes, times, seed, kubernetesVersion) => {
          const profile = { ...IDEAL, jitter: NODE.jitter };
          const lifecycle = postStart && { postStart };
          const dies: ScriptEntry[] = crashes === undefined ? [] : [{ at: `${crashes}s`, exit: 1 }];
          const livenessProbe = makeProbe(given);
          const pod = play(
            { livenessProbe, ...(lifecycle && { lifecycle }) },
            [{ at: '0s', ...HANGS }, ...dies],
            NO_LAG,
            { profile, seed, kubernetesVersion, grace: 3 },
          );
          pod.advance('25m');
          const restart = historyOf(pod.timeline).restarts[times - 1];
          expect((restart?.started.at ?? Number.NaN) - at(pod, 'Started')).toBeLessThanOrEqual(
            restartLimit(pod.pod.spec, { times }).ms,
          );
        },
      ),
      { ...RUNS, numRuns: 200 },
    );
  });

  test('unreadyLimit depends on the readiness probe only', () => {
    const probes = {
      livenessProbe: makeProbe({ initialDelaySeconds: 0, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 9 }),
      readinessProbe: makeProbe({ initialDelaySeconds: 0, periodSeconds: 5, timeoutSeconds: 1, failureThreshold: 2 }),
    };
    const pod = play(probes, [{ at: '0s', ...WORKS }], NO_LAG);
    expect(unreadyLimit(pod.pod.spec).terms).toEqual([
      { name: 'readinessProbe', times: 1, ms: 5_000 },
      { name: 'readinessProbe', times: 1, ms: 5_000 },
      { name: 'readinessProbe', times: 1, ms: 1_000 },
      { name: 'allowance', times: 1, ms: 2_000 },
    ]);
  });
});
