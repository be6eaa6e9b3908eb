import { describe, expect, test } from '@jest/globals';
import { type Results, resultOf, withoutResult, withResult } from '../../../../src/kubelet/state/results';

const RESULTS: Results = { a: { liveness: 'Success', readiness: 'Failure' }, b: { readiness: 'Success' } };

/** Source: prober/results/results_manager.go. */
describe('results', () => {
  test('belong to one instance, so a new instance has no results', () => {
    expect(resultOf(RESULTS, 'a', 'readiness')).toBe('Failure');
    expect(resultOf(RESULTS, 'c', 'readiness')).toBeUndefined();
    expect(resultOf(RESULTS, undefined, 'readiness')).toBeUndefined();
  });

  test('replace only the result of the same instance and type', () => {
    expect(withResult(RESULTS, 'a', 'readiness', 'Success')).toEqual({
      a: { liveness: 'Success', readiness: 'Success' },
      b: { readiness: 'Success' },
    });
  });

  test('drop an instance with its last result', () => {
    expect(withoutResult(RESULTS, 'a', 'liveness')).toEqual({ a: { readiness: 'Failure' }, b: RESULTS.b });
    expect(withoutResult(RESULTS, 'b', 'readiness')).toEqual({ a: RESULTS.a });
    expect(withoutResult(RESULTS, 'c', 'readiness')).toBe(RESULTS);
  });
});
