import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { simulatePod } from 'jest-kubelet';
import { startGivenUpSeconds, startSurvivedSeconds, worstDetectionSeconds } from '../../src/lint/probeTimes';

const probes = fc.record({
  initialDelaySeconds: fc.integer({ min: 0, max: 9 }),
  periodSeconds: fc.integer({ min: 1, max: 7 }),
  timeoutSeconds: fc.integer({ min: 1, max: 9 }),
  failureThreshold: fc.integer({ min: 1, max: 4 }),
  successThreshold: fc.constant(1),
});

type Numbers = typeof probes extends fc.Arbitrary<infer T> ? T : never;

/** When the kubelet kills a container whose liveness check hangs from `hangsMs` on, in milliseconds. */
function killedAtMs(numbers: Numbers, hangsMs: number): number {
  const livenessProbe = { exec: { command: ['check'] }, ...numbers };
  const pod = simulatePod(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'web', image: 'web:1', livenessProbe }] },
    },
    { web: [{ at: `${hangsMs}ms`, exec: { check: { takes: 'forever' } } }] },
  );
  pod.advance('3m');
  return pod.events.find(({ kind }) => kind === 'Killing')?.at ?? Number.POSITIVE_INFINITY;
}

test('a fault is noticed within the worst detection time, which is no larger than it has to be', () => {
  fc.assert(
    fc.property(probes, fc.integer({ min: 20_000, max: 40_000 }), (numbers, hangsMs) => {
      const worstMs = worstDetectionSeconds(numbers) * 1000;
      expect(killedAtMs(numbers, hangsMs) - hangsMs).toBeLessThanOrEqual(worstMs);
      // The worst moment is the one after an attempt.
      const { periodSeconds } = numbers;
      const attemptMs = Math.ceil(20 / periodSeconds) * periodSeconds * 1000;
      expect(killedAtMs(numbers, attemptMs + 1) - attemptMs).toBe(worstMs);
    }),
    { numRuns: 200, seed: 1 },
  );
});

test('a start that takes no longer than it may is survived, and one without end is given up in time', () => {
  fc.assert(
    fc.property(probes, (numbers) => {
      const killed = killedAtMs(numbers, 0);
      expect(killed).toBeGreaterThanOrEqual(startSurvivedSeconds(numbers) * 1000);
      expect(killed).toBeLessThanOrEqual(startGivenUpSeconds(numbers) * 1000);
    }),
    { numRuns: 200, seed: 1 },
  );
});
