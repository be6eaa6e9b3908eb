import { describe, expect, test } from '@jest/globals';
import type { Probe } from '../../../src/manifest/model';
import {
  detectionTerms,
  givenUpTerms,
  periodMsOf,
  probeTiming,
  resultMs,
  resultTerms,
  thresholdToFailFor,
  thresholdToOutlast,
  thresholdToSurvive,
} from '../../../src/timing/probeTiming';
import { sumOf } from '../../../src/timing/terms';

const probe: Probe = {
  initialDelaySeconds: 5,
  periodSeconds: 10,
  timeoutSeconds: 2,
  successThreshold: 1,
  failureThreshold: 3,
};
/** Slow attempts follow each other directly, every 10s. */
const serial: Probe = { ...probe, initialDelaySeconds: 0, periodSeconds: 1, timeoutSeconds: 10 };
const PROBES = [probe, serial, { ...probe, failureThreshold: 1 }, { ...serial, initialDelaySeconds: 7 }];

describe('probeTiming', () => {
  test('places the first attempt between the end of the delay and one period later', () => {
    expect(probeTiming(probe).firstAttempt).toEqual({ earliest: 5_000, latest: 15_000 });
  });

  test('detects a fault after a period, two more attempts and the last timeout', () => {
    expect(probeTiming(probe)).toMatchObject({ failingMs: 22_000, detectedMs: 32_000, givenUpMs: 37_000 });
  });

  test('detects a fault with one failure after a period and a timeout', () => {
    const { failingMs, detectedMs } = probeTiming({ ...probe, failureThreshold: 1 });
    expect([failingMs, detectedMs]).toEqual([2_000, 12_000]);
  });

  test('delays the next attempt if one exceeds the period', () => {
    expect(probeTiming(serial)).toMatchObject({ attemptMs: 10_000, failingMs: 30_000, detectedMs: 31_000 });
  });

  test('measures the survivable start with all attempts as early as possible', () => {
    expect(probeTiming(probe).survivedStartMs).toBe(25_000);
    expect(probeTiming({ ...probe, failureThreshold: 30 }).survivedStartMs).toBe(295_000);
    // Attempts follow the period only if the app fails immediately.
    expect(probeTiming(serial).survivedStartMs).toBe(2_000);
  });

  test('requires successThreshold attempts after a fault, beside the current one', () => {
    expect(probeTiming(probe).succeededMs).toBe(12_000);
    expect(probeTiming({ ...probe, successThreshold: 3 }).succeededMs).toBe(32_000);
  });

  test('treats a period of 0 as 1s', () => {
    const { firstAttempt } = probeTiming({ ...probe, periodSeconds: 0 });
    expect(firstAttempt.latest).toBe(6_000);
    expect(periodMsOf({ ...probe, periodSeconds: 0 })).toBe(1_000);
    expect(periodMsOf(probe)).toBe(10_000);
  });
});

describe('terms of a probe', () => {
  test('follow the order in time: delay, period, attempts, timeout', () => {
    expect(givenUpTerms('livenessProbe', probe)).toEqual([
      { name: 'livenessProbe', times: 1, ms: 5_000 },
      { name: 'livenessProbe', times: 1, ms: 10_000 },
      { name: 'livenessProbe', times: 2, ms: 10_000 },
      { name: 'livenessProbe', times: 1, ms: 2_000 },
    ]);
  });

  test('omit a delay of 0, and the attempts after a single one', () => {
    expect(resultTerms('startupProbe', { ...serial, timeoutSeconds: 1 }, 1)).toEqual([
      { name: 'startupProbe', times: 1, ms: 1_000 },
      { name: 'startupProbe', times: 1, ms: 1_000 },
    ]);
  });

  test.each(PROBES)('add up to the values of probeTiming for %j', (each) => {
    const { givenUpMs, detectedMs } = probeTiming(each);
    expect(sumOf(givenUpTerms('startupProbe', each))).toBe(givenUpMs);
    expect(sumOf(detectionTerms('startupProbe', each))).toBe(detectedMs);
    expect(resultMs(each, each.failureThreshold)).toBe(givenUpMs);
  });
});

describe('smallest failureThreshold', () => {
  test('counts the periods after the delay plus one for a survivable start', () => {
    // The app serves at 95s: attempts at 5s, 15s, …, 95s, of which the last one succeeds.
    expect(thresholdToSurvive(probe, 95_000)).toBe(10);
    expect(thresholdToSurvive(probe, 95_001)).toBe(11);
    expect(thresholdToSurvive(probe, 0)).toBe(1);
  });

  test('adds one attempt if a fault must be detected later', () => {
    // Three failures take up to 32s, and four up to 42s.
    expect(thresholdToOutlast(probe, 31_999)).toBe(3);
    expect(thresholdToOutlast(probe, 32_000)).toBe(4);
  });

  test('returns at least 1 for the duration of a failure', () => {
    expect(thresholdToFailFor(probe, 22_000)).toBe(3);
    expect(thresholdToFailFor(probe, 22_001)).toBe(4);
    expect(thresholdToFailFor(probe, 0)).toBe(1);
  });

  test.each(PROBES)('suffices for %j, and one less does not', (each) => {
    const withThreshold = (failureThreshold: number) => probeTiming({ ...each, failureThreshold });
    for (const ms of [12_345, 60_000, 61_000]) {
      const survives = thresholdToSurvive(each, ms);
      expect(withThreshold(survives).survivedStartMs).toBeGreaterThanOrEqual(ms);
      expect(withThreshold(survives - 1).survivedStartMs).toBeLessThan(ms);
      const outlasts = thresholdToOutlast(each, ms);
      expect(withThreshold(outlasts).detectedMs).toBeGreaterThan(ms);
      expect(withThreshold(outlasts - 1).detectedMs).toBeLessThanOrEqual(ms);
    }
  });
});
