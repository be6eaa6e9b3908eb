import { describe, expect, test } from '@jest/globals';
import type { Probe } from '../../../../src/manifest/model';
import { Incident } from '../../../../src/report/incident/incident';
import { inNumbers } from '../../../../src/report/incident/inNumbers';
import type { Event, ProbeType } from '../../../../src/timeline/event';
import { web } from '../../../docs/faq/web';
import { web as container, podOf } from '../../matchers/replay';
import {
  exited,
  failed,
  killed,
  markedForDeletion,
  probed,
  ready,
  s,
  signalled,
  started,
  timelineOf,
} from '../../timeline/events';
import { said } from './explain/said';

const healthz = 'httpGet: { path: /healthz, port: 8080 }';
const PROBE: Probe = {
  httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' },
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

/** Returns the sentences about the last event, or about a timed-out wait. */
function numbers(
  life: readonly (Event | readonly Event[])[],
  type: ProbeType,
  probe: Partial<Probe> = {},
  isDecided = true,
) {
  const timeline = timelineOf(...life);
  const pod = podOf({ containers: [container({ [`${type}Probe`]: { ...PROBE, ...probe } })] });
  return inNumbers(new Incident(pod, timeline, isDecided ? timeline.events.at(-1) : undefined, 'web'));
}
const failures = (type: ProbeType, ...seconds: readonly number[]) =>
  seconds.map((at, index) => failed(at, type, index + 1, 'HTTP probe failed with statuscode: 500'));

describe('inNumbers', () => {
  test('measures a loss of readiness from the last success', () => {
    const script = {
      web: [
        { at: '0s', http: { 8080: { '/healthz': 200 } } },
        { at: '30s', http: { 8080: { '/healthz': 500 } } },
      ],
    };
    expect(said(web(`readinessProbe: { ${healthz} }`), script, 'StatusPublished')).toEqual([
      '3 failures × 10s: web became unready 30.0s after its readiness probe last succeeded.',
      undefined,
    ]);
  });

  test('measures a kill from the last success, or from the start and its delay', () => {
    const kill = killed(41, 'liveness').slice(0, 1);
    const life = [started(1), probed(11, 'liveness', 'Success', 1), ...failures('liveness', 21, 31, 41), kill];
    expect(numbers(life, 'liveness')).toEqual([
      '3 failures × 10s: web was killed 30.0s after its liveness probe last succeeded.',
    ]);
    expect(
      numbers([started(1), ...failures('liveness', 21, 31, 41), kill], 'liveness', { initialDelaySeconds: 15 }),
    ).toEqual([
      'delay of 15s + 3 failures × 10s: web was killed 40.0s after its start. Its liveness probe never succeeded.',
    ]);
  });

  test('adds the restart if it came later than the kill', () => {
    const life = [started(1), probed(11, 'liveness', 'Success', 1), ...failures('liveness', 21, 31, 41)];
    const stop = [...killed(41, 'liveness'), exited(71, 137, { afterSignalMs: 30_000 })];
    expect(numbers([...life, ...stop, started(72, 1)], 'liveness')).toEqual([
      '3 failures × 10s: web was killed 30.0s after its liveness probe last succeeded and restarted after 61.0s.',
    ]);
    const atOnce = [...killed(41, 'liveness'), exited(41, 143, { afterSignalMs: 0 })];
    expect(numbers([...life, ...atOnce, started(41, 1)], 'liveness')).toEqual([
      '3 failures × 10s: web was restarted 30.0s after its liveness probe last succeeded.',
    ]);
  });

  test('includes attempts that take longer than the period', () => {
    const life = [
      started(1),
      probed(2, 'liveness', 'Success', 1),
      ...failures('liveness', 18),
      killed(18, 'liveness')[0] as Event,
    ];
    expect(numbers(life, 'liveness', { periodSeconds: 5, timeoutSeconds: 15, failureThreshold: 1 })[0]).toMatch(
      /^1 failure × up to 15s: /,
    );
  });

  test('returns nothing if failures before a crash counted', () => {
    const third = failed(21, 'liveness', 3, 'HTTP probe failed with statuscode: 500');
    expect(numbers([started(11, 1), third, killed(21, 'liveness').slice(0, 1)], 'liveness')).toEqual([]);
  });

  test('counts the attempts of a probe that never succeeded', () => {
    const life = [started(1), ...failures('readiness', 11, 21, 31)];
    expect(numbers(life, 'readiness', {}, false)).toEqual([
      'The readiness probe runs every 10s. None of its 3 attempts since +11.0s succeeded.',
    ]);
    expect(numbers([...life, probed(41, 'readiness', 'Success', 1)], 'readiness', {}, false)).toEqual([]);
    expect(numbers([...life, exited(41, 1)], 'readiness', {}, false)).toEqual([]);
  });

  test('returns nothing if another reason than readiness makes the pod unready', () => {
    const life = [started(1), ready(2), ...failures('readiness', 11), ready(12, false)];
    expect(numbers(life, 'readiness')).toEqual([]);
  });
});

describe('grace period in inNumbers', () => {
  const hook: Event = { at: s(10), source: 'runtime', kind: 'HookStarted', container: 'web', hook: 'preStop' };
  const exit = exited(50, 137, { afterSignalMs: 100 });
  const graceOf = (...life: readonly Event[]) => numbers([started(1), ...life, exit], 'readiness');

  test('lasts from the stop signal to SIGKILL', () => {
    expect(graceOf(signalled(10, 'SIGTERM', 30_000), signalled(40, 'SIGKILL', undefined))).toEqual([
      'Grace period 30s: SIGKILL came 30.0s after SIGTERM.',
    ]);
    expect(graceOf(signalled(10, 'SIGTERM', 30_000))).toEqual([]);
  });

  test('includes the preStop hook, which uses part of it', () => {
    const stop = [hook, signalled(25, 'SIGTERM', 15_000), signalled(40, 'SIGKILL', undefined)];
    expect(graceOf(...stop)).toEqual([
      'Grace period 30s: preStop used 15.0s of it, and SIGKILL came 15.0s after SIGTERM.',
    ]);
  });

  test('comes from the deletion if that sets another one', () => {
    const stop = [
      markedForDeletion(10, 20),
      hook,
      signalled(30, 'SIGTERM', 2_000),
      signalled(32, 'SIGKILL', undefined),
    ];
    expect(graceOf(...stop)).toEqual([
      'Grace period 20s: preStop used 20.0s of it, and SIGKILL came 2.0s after SIGTERM, the minimum.',
    ]);
  });
});
