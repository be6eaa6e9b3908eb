import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Axis, formatClock, formatInstant } from '../../../../src/report/chart/axis';
import type { Cut } from '../../../../src/report/chart/chart';

const skipped = (from: number, to: number): Cut => ({ from, to, isSkipped: true });

describe('Axis', () => {
  test('maps time evenly to pixels', () => {
    const axis = new Axis(10_000, [], 100);
    expect([0, 5_000, 10_000].map((at) => axis.x(at))).toEqual([0, 50, 100]);
  });

  test('gives little space to a cut', () => {
    const axis = new Axis(320_000, [skipped(10_000, 310_000)], 1_022);
    expect([0, 10_000, 310_000, 320_000].map((at) => axis.x(at))).toEqual([0, 500, 522, 1_022]);
    expect(axis.cuts).toEqual([{ x: 500, width: 22, cut: skipped(10_000, 310_000) }]);
  });

  test('labels visible instants, and none in a cut', () => {
    const axis = new Axis(320_000, [skipped(10_000, 310_000)], 342);
    expect(axis.ticks.map(({ label }) => label)).toEqual(['0s', '5s', '10s', '5m15s', '5m20s']);
    const magnified = new Axis(320_000, [skipped(10_000, 310_000)], 342, { k: 10, x: 0 });
    expect(magnified.ticks.map(({ label }) => label)).toEqual(
      ['0s', '500ms', '1s', '1.5s', '2s'].map((label) => label.replace('500ms', '0.5s')),
    );
  });

  test('returns the instant that is drawn at a pixel', () => {
    const stretch = fc.tuple(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 1, max: 40_000 }));
    const views = fc.record({ k: fc.integer({ min: 1, max: 50 }), x: fc.integer({ min: -1_000, max: 0 }) });
    fc.assert(
      fc.property(stretch, fc.integer({ min: 0, max: 100_000 }), views, ([from, length], at, view) => {
        const axis = new Axis(100_000, [skipped(from, from + length)], 1_000, view);
        expect(axis.at(axis.x(at))).toBeCloseTo(at, 3);
      }),
    );
  });

  test('accepts a timeline without duration', () => {
    const axis = new Axis(0, [], 100);
    expect(axis.x(0)).toBe(0);
    expect(axis.ticks.map(({ label }) => label)).toEqual(['0s', '0.001s']);
  });
});

test('formatInstant prints seconds, and minutes after 2m', () => {
  expect([0, 41_040, 119_960, 120_000, 1_163_400, 3_725_000].map(formatInstant)).toEqual([
    '+0.0s',
    '+41.0s',
    '+120.0s',
    '+2m0.0s',
    '+19m23.4s',
    '+1h2m5.0s',
  ]);
  expect([0, 12_500, 60_000, 3_600_000].map(formatClock)).toEqual(['0s', '12.5s', '1m', '1h']);
});
