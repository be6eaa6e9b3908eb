import { describe, expect, test } from '@jest/globals';
import { random } from '../../../../src/kubelet/state/random';

/** Returns the first numbers of the sequence of a seed. */
function sequence(seed: number, length: number): readonly number[] {
  const values: number[] = [];
  for (let next = seed; values.length < length; ) {
    const [value, following] = random(next);
    values.push(value);
    next = following;
  }
  return values;
}

describe('random', () => {
  test('returns the same numbers for the same seed, and others for another seed', () => {
    expect(sequence(7, 20)).toEqual(sequence(7, 20));
    expect(sequence(7, 20)).not.toEqual(sequence(8, 20));
  });

  test('distributes its numbers evenly from 0 to below 1', () => {
    const values = sequence(1, 10_000);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const { length } = values.filter((value) => Math.floor(value * 10) === tenth);
      expect(Math.abs(length - 1_000)).toBeLessThan(150);
    }
  });
});
