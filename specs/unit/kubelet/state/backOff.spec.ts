import { expect, test } from '@jest/globals';
import type { Instant } from '../../../../src/clock/instant';
import { behaviorOf } from '../../../../src/kubelet/behavior/behaviorOf';
import { crashLoopLimits, doBackOff, isInBackOffSince, nextBackOff } from '../../../../src/kubelet/state/backOff';

const s = (seconds: number) => (seconds * 1000) as Instant;
const limits = { initialMs: 10_000, maxMs: 300_000, resetMs: 600_000 };

test('starts a container without a known exit immediately, and counts nothing', () => {
  expect(doBackOff(undefined, undefined, s(18), limits)).toEqual({ kind: 'Start', backOff: undefined });
});

test('restarts immediately after the first exit, and adds 10s to the next restart', () => {
  const backOff = { delayMs: 10_000, updatedAt: s(5) };
  expect(doBackOff(undefined, s(5), s(5), limits)).toEqual({ kind: 'Start', backOff });
});

test('measures the wait from the exit, not from the last sync', () => {
  const entry = { delayMs: 10_000, updatedAt: s(5) };
  expect(doBackOff(entry, s(8), s(14), limits)).toEqual({ kind: 'Wait', until: s(18), delayMs: 10_000 });
});

test('doubles the wait with each restart, up to 300s', () => {
  let entry = nextBackOff(undefined, s(0), s(0), limits);
  const waits = [entry.delayMs];
  for (let restart = 1; restart <= 6; restart += 1) {
    entry = nextBackOff(entry, s(restart), s(restart), limits);
    waits.push(entry.delayMs);
  }
  expect(waits).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
});

test('resets the wait if the container ran for more than 10 minutes after its restart', () => {
  const entry = { delayMs: 300_000, updatedAt: s(100) };
  expect(isInBackOffSince(entry, s(700), s(701), limits)).toBe(true);
  expect(isInBackOffSince(entry, s(701), s(702), limits)).toBe(false);
  expect(nextBackOff(entry, s(701), s(702), limits)).toEqual({ delayMs: 10_000, updatedAt: s(702) });
});

test('drops an entry 10 minutes after its last update, even during its wait', () => {
  const entry = { delayMs: 300_000, updatedAt: s(0) };
  expect(doBackOff(entry, s(400), s(600), limits)).toMatchObject({ kind: 'Wait', until: s(700) });
  expect(doBackOff(entry, s(400), s(602), limits)).toEqual({
    kind: 'Start',
    backOff: { delayMs: 10_000, updatedAt: s(602) },
  });
});

test('limits the wait to the configured maximum, also the first one', () => {
  const config = { maxContainerRestartPeriodSeconds: 5 };
  expect(crashLoopLimits(config, behaviorOf('1.35'))).toEqual({ initialMs: 5_000, maxMs: 5_000, resetMs: 600_000 });
});

test('ignores the configured maximum before 1.35', () => {
  const config = { maxContainerRestartPeriodSeconds: 5 };
  expect(crashLoopLimits(config, behaviorOf('1.34'))).toEqual({ initialMs: 10_000, maxMs: 300_000, resetMs: 600_000 });
});
