import { describe, expect, test } from '@jest/globals';
import { findQuietStretches, TimeScale } from '../../../../src/report/drawing/timeScale';
import { type Life, probed, ready, s, skipped, started, timelineOf } from '../../timeline/events';

function until(seconds: number, ...life: Life) {
  const timeline = timelineOf(...life);
  timeline.advance(s(seconds));
  return timeline;
}
/** Returns an event every ten seconds, up to and including `to`. */
const busy = (from: number, to: number) =>
  Array.from({ length: (to - from) / 10 + 1 }, (_, n) => probed(from + n * 10, 'liveness', 'Success', 1));
const stretches = (...life: Parameters<typeof until>) =>
  findQuietStretches(until(...life)).map(({ from, to }) => [from / 1_000, to / 1_000]);

describe('findQuietStretches', () => {
  test('start at 30 seconds without a drawn event', () => {
    expect(stretches(60, busy(0, 20), busy(50, 60))).toEqual([[20, 50]]);
    expect(stretches(60, busy(0, 20), busy(49, 59))).toEqual([]);
  });

  test('cover at least 15% of the timeline', () => {
    const gapAt = (gap: number) => stretches(600, busy(0, 300), busy(300 + gap, 590 + (gap % 10)), started(600));
    expect(gapAt(80)).toEqual([]);
    expect(gapAt(90)).toEqual([[300, 390]]);
  });

  test('contain events that are not drawn', () => {
    expect(stretches(60, busy(0, 20), ready(30), skipped(40, 5_000), busy(50, 60))).toEqual([[20, 50]]);
  });

  test('include the start and the end of the timeline', () => {
    expect(stretches(100, busy(40, 60))).toEqual([
      [0, 40],
      [60, 100],
    ]);
  });
});

describe('columnAt', () => {
  test('distributes the time evenly without cuts', () => {
    const scale = new TimeScale(until(40, busy(0, 40)), 41);
    expect([0, 1, 20, 39.9, 40].map((at) => scale.columnAt(s(at)))).toEqual([0, 1, 20, 39, 40]);
  });

  test('gives each cut two columns, whatever its length', () => {
    const scale = new TimeScale(until(1_040, busy(0, 20), busy(1_020, 1_040)), 43);
    expect([0, 20, 1_020, 1_040].map((at) => scale.columnAt(s(at)))).toEqual([0, 20, 22, 42]);
    expect(scale.cuts).toEqual([{ column: 21, width: 2 }]);
    expect(scale.columnAt(s(500))).toBe(21);
  });

  test('returns only existing columns', () => {
    expect(new TimeScale(until(0), 10).columnAt(s(0))).toBe(0);
    expect(new TimeScale(until(10), 10).columnAt(s(99))).toBe(9);
  });
});

describe('axis', () => {
  test('labels round instants at least 8 columns apart', () => {
    expect(new TimeScale(until(40, busy(0, 40)), 41).axis().trimEnd()).toBe('0s        10s       20s       30s');
    expect(new TimeScale(until(40, busy(0, 40)), 81).axis().trimEnd()).toBe(
      '0s        5s        10s       15s       20s       25s       30s       35s',
    );
  });

  test('prints minutes and hours like kubectl', () => {
    const axis = new TimeScale(until(5_400, busy(0, 5_400)), 50).axis();
    expect(axis.trim().split(/ +/)).toEqual(['0s', '30m', '1h']);
    expect(new TimeScale(until(120, busy(0, 120)), 61).axis().trim().split(/ +/)).toEqual(['0s', '30s', '1m', '1m30s']);
  });

  test('marks a cut, and labels no instant in it', () => {
    const axis = new TimeScale(until(1_040, busy(0, 20), busy(1_020, 1_040)), 43).axis();
    expect(axis.indexOf('//')).toBe(21);
    expect(axis.trim().split(/ +/)).toEqual(['0s', '10s', '//', '17m10s']);
  });

  test('fills all columns', () => {
    expect([1, 7, 80].map((columns) => new TimeScale(until(40, busy(0, 40)), columns).axis().length)).toEqual([
      1, 7, 80,
    ]);
  });
});
