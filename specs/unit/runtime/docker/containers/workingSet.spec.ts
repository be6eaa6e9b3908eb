import { describe, expect, test } from '@jest/globals';
import { computeWorkingSet } from '../../../../../src/runtime/docker/containers/workingSet';

describe('computeWorkingSet', () => {
  test('subtracts the page cache that the kernel can reclaim', () => {
    expect(computeWorkingSet({ usage: 100, stats: { inactive_file: 30 } })).toBe(70);
    expect(computeWorkingSet({ usage: 100, stats: { inactive_file: 1, total_inactive_file: 40 } })).toBe(60);
    expect(computeWorkingSet({ usage: 100, stats: { inactive_file: 130 } })).toBe(0);
  });

  test('returns undefined if the engine reports only a part', () => {
    expect(computeWorkingSet({ usage: 100 })).toBeUndefined();
    expect(computeWorkingSet({ stats: { inactive_file: 30 } })).toBeUndefined();
    expect(computeWorkingSet(undefined)).toBeUndefined();
  });
});
