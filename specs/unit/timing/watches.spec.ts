import { describe, expect, test } from '@jest/globals';
import type { Container, Probe } from '../../../src/manifest/model';
import {
  detectedWithinMs,
  faultWatchMs,
  livenessWatchMs,
  restartedWithinMs,
  slowStartMs,
  steadyStateWatchMs,
  trafficWatchMs,
} from '../../../src/timing/watches';
import { podOf, web } from '../matchers/replay';

/** Detects a fault within 31s: a period, two more attempts and a timeout. */
const probe: Probe = {
  initialDelaySeconds: 30,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};
/** Detects a fault within 2s. */
const quick: Probe = { ...probe, initialDelaySeconds: 0, periodSeconds: 1, failureThreshold: 1 };
const ALLOWANCE = 2_000;

const specOf = (...containers: readonly Container[]) => podOf({ containers }).spec;
const forLong = () => 600_000;
const never = () => undefined;

describe('detectedWithinMs', () => {
  test('returns the detection time and an allowance for a busy machine', () => {
    expect(detectedWithinMs(probe, 60_000)).toBe(31_000 + ALLOWANCE);
  });

  test('adds the rest of the initial delay', () => {
    expect(detectedWithinMs(probe, 10_000)).toBe(20_000 + 31_000 + ALLOWANCE);
    expect(detectedWithinMs(probe, undefined)).toBe(30_000 + 31_000 + ALLOWANCE);
  });
});

describe('slowStartMs', () => {
  const startup = (failureThreshold: number): Probe => ({ ...quick, failureThreshold });

  test('returns half of the longest survivable start, and at most 20s', () => {
    expect(slowStartMs(startup(11))).toBe(5_000);
    expect(slowStartMs(startup(300))).toBe(20_000);
  });

  test('returns undefined below 500ms, because a normal start may take as long', () => {
    expect(slowStartMs(startup(2))).toBe(500);
    expect(slowStartMs(startup(1))).toBeUndefined();
  });
});

describe('restartedWithinMs', () => {
  const restarted = (container: Container, livenessProbe = probe) => {
    const spec = specOf({ ...container, livenessProbe });
    return restartedWithinMs(spec, { ...container, livenessProbe }, livenessProbe, forLong);
  };

  test('adds the grace period and 10s for the start', () => {
    expect(restarted(web())).toBe(31_000 + ALLOWANCE + 30_000 + 10_000);
  });

  test('uses the grace period of the probe', () => {
    expect(restarted(web(), { ...probe, terminationGracePeriodSeconds: 5 })).toBe(31_000 + ALLOWANCE + 5_000 + 10_000);
  });

  test('adds the minimum grace period after a hook that uses up the whole period', () => {
    const lifecycle = { preStop: { exec: { command: ['drain'] } } };
    expect(restarted(web({ lifecycle }))).toBe(31_000 + ALLOWANCE + 32_000 + 10_000);
  });
});

test('livenessWatchMs covers the slowest liveness probe, and at least 5s', () => {
  const slow = web({ name: 'db', livenessProbe: probe });
  expect(livenessWatchMs([web({ livenessProbe: quick }), slow], forLong)).toBe(31_000 + ALLOWANCE);
  expect(livenessWatchMs([web({ livenessProbe: quick })], forLong)).toBe(5_000);
  expect(livenessWatchMs([web({ readinessProbe: probe })], forLong)).toBe(5_000);
});

test('faultWatchMs covers the detection by readiness, or the restart by liveness', () => {
  const both = web({ livenessProbe: quick, readinessProbe: probe });
  expect(faultWatchMs(specOf(both), [both], forLong)).toBe(2_000 + ALLOWANCE + 30_000 + 10_000);
  const ready = web({ readinessProbe: probe });
  expect(faultWatchMs(specOf(ready), [ready], forLong)).toBe(31_000 + ALLOWANCE);
  expect(faultWatchMs(specOf(web()), [web()], forLong)).toBe(5_000);
});

describe('steadyStateWatchMs', () => {
  test('covers each probe that can still fail, including delayed ones', () => {
    const spec = specOf(web({ livenessProbe: quick }), web({ name: 'db', readinessProbe: probe }));
    expect(steadyStateWatchMs(spec, () => 10_000)).toBe(20_000 + 31_000 + ALLOWANCE);
  });

  test('includes sidecars, and skips probes that have not run', () => {
    const initContainers = [web({ name: 'proxy', restartPolicy: 'Always', livenessProbe: probe })];
    const { spec } = podOf({ initContainers, containers: [web()] });
    expect(steadyStateWatchMs(spec, forLong)).toBe(31_000 + ALLOWANCE);
    expect(steadyStateWatchMs(spec, never)).toBe(5_000);
  });

  test('returns at most 2m', () => {
    const spec = specOf(web({ livenessProbe: { ...probe, failureThreshold: 30 } }));
    expect(steadyStateWatchMs(spec, forLong)).toBe(120_000);
  });
});

test('trafficWatchMs adds a minute to the first sample if --path is set', () => {
  expect(trafficWatchMs(0)).toBe(10_000);
  expect(trafficWatchMs(2)).toBe(62_000);
});
