import { describe, expect, test } from '@jest/globals';
import { type Observed, Observing } from '../recording/observed';
import { differencesOf } from './compare';

type Shown = readonly (readonly [seconds: number, shows: string])[];

/** Returns observations of a pod for a minute: its rows, and the count of each event. */
function seen(rows: Shown, events: Readonly<Record<string, number>> = {}, container: Shown = []): Observed {
  const observing = new Observing();
  for (const [at, shows] of rows) observing.show('rows', at * 1000, shows);
  for (const [at, shows] of container) observing.show('container c', at * 1000, shows);
  for (const [message, count] of Object.entries(events)) {
    for (let told = 1; told <= count; told += 1) {
      observing.tell({ type: 'Warning', reason: 'Unhealthy', message, from: 'kubelet', count: told }, 20_000 + told);
    }
  }
  return observing.end(60_000);
}

const RUNNING: Shown = [
  [0, 'Pending'],
  [1, 'Running'],
];

describe('differencesOf', () => {
  test('returns nothing if both are equal within a small delay', () => {
    const later: Shown = [
      [0.1, 'Pending'],
      [3, 'Running'],
    ];
    expect(differencesOf(seen(RUNNING), seen(later))).toEqual([]);
  });

  test('returns states that only one of them has', () => {
    expect(differencesOf(seen(RUNNING), seen([...RUNNING, [20, 'Error']]))).toEqual([
      { kind: 'differs', text: 'rows: only the recording shows "Error" at 20.0s' },
    ]);
    expect(differencesOf(seen([...RUNNING, [20, 'Error']]), seen(RUNNING))).toEqual([
      { kind: 'differs', text: 'rows: only the simulation shows "Error" at 20.0s' },
    ]);
  });

  test('ignores states that are too short for the watch, or at the end', () => {
    const folded: Shown = [
      [0, 'Pending'],
      [0.9, 'Waiting'],
      [1, 'Running'],
      [58, 'Error'],
    ];
    expect(differencesOf(seen(RUNNING), seen(folded))).toEqual([]);
  });

  test('allows half of a wait as jitter, and reports more as a timing difference', () => {
    const at = (seconds: number) => seen([...RUNNING, [seconds, 'Error']]);
    expect(differencesOf(at(20), at(31))).toEqual([]);
    expect(differencesOf(at(20), at(34))).toEqual([
      { kind: 'timing', text: 'rows: "Error" at 20.0s, recorded at 34.0s' },
    ]);
  });

  test('allows one repetition of an event, but not another event', () => {
    expect(differencesOf(seen(RUNNING, { failed: 4 }), seen(RUNNING, { failed: 5 }))).toEqual([]);
    expect(differencesOf(seen(RUNNING, { failed: 4 }), seen(RUNNING, { failed: 6 }))).toHaveLength(1);
    expect(differencesOf(seen(RUNNING, { failed: 4 }), seen(RUNNING, { refused: 4 }))).toHaveLength(2);
  });

  test('allows a refused first probe, but not a refused later one', () => {
    const refused = { 'dial tcp: connect: connection refused': 1 };
    const startAt = (at: number): Shown => [[at, 'unready started 0: running']];
    expect(differencesOf(seen(RUNNING, {}, startAt(19)), seen(RUNNING, refused, startAt(19)))).toEqual([]);
    expect(differencesOf(seen(RUNNING, {}, startAt(1)), seen(RUNNING, refused, startAt(1)))).toHaveLength(1);
  });
});
