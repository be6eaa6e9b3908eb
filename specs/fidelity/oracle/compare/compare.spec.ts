import { describe, expect, test } from '@jest/globals';
import { type Observed, Observing } from '../recording/observed';
import { differencesOf } from './compare';

type Shown = readonly (readonly [seconds: number, shows: string])[];

/** What was seen of a pod for a minute: its rows, and how often each event was stored. */
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
  test('finds nothing where both show the same a little later', () => {
    const later: Shown = [
      [0.1, 'Pending'],
      [3, 'Running'],
    ];
    expect(differencesOf(seen(RUNNING), seen(later))).toEqual([]);
  });

  test('names what only one of them shows', () => {
    expect(differencesOf(seen(RUNNING), seen([...RUNNING, [20, 'Error']]))).toEqual([
      { kind: 'differs', text: 'rows: only the recording shows "Error" at 20.0s' },
    ]);
    expect(differencesOf(seen([...RUNNING, [20, 'Error']]), seen(RUNNING))).toEqual([
      { kind: 'differs', text: 'rows: only the simulation shows "Error" at 20.0s' },
    ]);
  });

  test('takes what lasts too shortly for the watch, or comes at the end, for chance', () => {
    const folded: Shown = [
      [0, 'Pending'],
      [0.9, 'Waiting'],
      [1, 'Running'],
      [58, 'Error'],
    ];
    expect(differencesOf(seen(RUNNING), seen(folded))).toEqual([]);
  });

  test('allows half of a wait as its jitter, and calls more a difference in timing', () => {
    const at = (seconds: number) => seen([...RUNNING, [seconds, 'Error']]);
    expect(differencesOf(at(20), at(31))).toEqual([]);
    expect(differencesOf(at(20), at(34))).toEqual([
      { kind: 'timing', text: 'rows: "Error" at 20.0s, recorded at 34.0s' },
    ]);
  });

  test('allows an event to be told once more, but not to be another one', () => {
    expect(differencesOf(seen(RUNNING, { failed: 4 }), seen(RUNNING, { failed: 5 }))).toEqual([]);
    expect(differencesOf(seen(RUNNING, { failed: 4 }), seen(RUNNING, { failed: 6 }))).toHaveLength(1);
    expect(differencesOf(seen(RUNNING, { failed: 4 }), seen(RUNNING, { refused: 4 }))).toHaveLength(2);
  });

  test('allows a first probe to find nobody, but not a later one', () => {
    const refused = { 'dial tcp: connect: connection refused': 1 };
    const started = (at: number): Shown => [[at, 'unready started 0: running']];
    expect(differencesOf(seen(RUNNING, {}, started(19)), seen(RUNNING, refused, started(19)))).toEqual([]);
    expect(differencesOf(seen(RUNNING, {}, started(1)), seen(RUNNING, refused, started(1)))).toHaveLength(1);
  });
});
