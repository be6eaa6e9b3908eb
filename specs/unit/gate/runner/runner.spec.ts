import { describe, expect, test } from '@jest/globals';
import type { Actor } from '../../../../src/gate/model/actor';
import type { CheckId } from '../../../../src/gate/model/checks';
import { createOverloadError } from '../../../../src/runtime/createOverloadError';
import { gate, HEALTHY, pod } from '../gateOf';

const WHY = 'web had waited 2.3s of 4.0s for a CPU when its startup probe gave up';

interface Busy {
  /** Pods for which the machine is too busy, from 1 in the order of their start. */
  readonly pods: readonly number[];
  readonly checks: readonly CheckId[];
  readonly app?: typeof HEALTHY;
  readonly parallel?: number;
  readonly outOfTimeAt?: string;
}

/** Runs the gate, and returns its results and the number of pods that ran beside each pod. */
async function onBusyMachine({ pods, checks, app = HEALTHY, ...options }: Busy) {
  let started = 0;
  const running = new Set<number>();
  const beside: Record<number, number> = {};
  const disguise = (actor: Actor) => {
    started += 1;
    const own = started;
    beside[own] = running.size;
    running.add(own);
    const remove = async () => void running.delete(own);
    if (pods.includes(own)) Object.defineProperty(actor, 'broken', { value: createOverloadError(WHY) });
    return Object.assign(actor, { remove });
  };
  const { results } = await gate({ spec: pod(), app: { web: app }, checks, disguise, ...options });
  return { results, started, beside };
}

describe('gate on an overloaded machine', () => {
  test('repeats an experiment without a result once, and marks the result', async () => {
    const { results, started } = await onBusyMachine({ pods: [1], checks: ['ready-in-budget'] });
    expect(results).toMatchObject([{ outcome: 'passed', answers: [{ outcome: 'passed', isRepeated: true }] }]);
    expect(started).toBe(2);
  });

  test('repeats it at the end, without another pod beside it', async () => {
    const checks = ['ready-in-budget', 'recovers', 'drains'] as const;
    const { results, started, beside } = await onBusyMachine({ pods: [1], checks, parallel: 4 });
    expect(results.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed']);
    expect(beside[2]).toBeGreaterThan(0);
    expect(beside[started]).toBe(0);
    const repeated = results.filter(({ answers }) => answers.some(({ isRepeated }) => isRepeated));
    expect(repeated.map(({ check }) => check)).toEqual(['ready-in-budget', 'drains']);
  });

  test('returns notRun if the machine is too busy both times', async () => {
    const { results, started } = await onBusyMachine({ pods: [1, 2], checks: ['ready-in-budget'] });
    expect(results).toMatchObject([
      {
        outcome: 'notRun',
        answers: [
          { message: { cut: { abort: { message: expect.stringContaining(WHY) } } }, isBroken: true, isRepeated: true },
        ],
      },
    ]);
    expect(started).toBe(2);
  });

  test('never repeats a failure, even if the machine is too busy for the patch search', async () => {
    const never = HEALTHY.map((one) => ({ ...one, http: { '8080': { '/healthz': 503 } } }));
    const { results, started } = await onBusyMachine({ pods: [2], checks: ['ready-in-budget'], app: never });
    expect(results).toMatchObject([{ outcome: 'failed' }]);
    expect(results[0]?.answers.some(({ isRepeated }) => isRepeated)).toBe(false);
    expect(started).toBe(2);
  });

  test('repeats no experiment after the --within limit', async () => {
    const outOfTimeAt = 'its repetition';
    const { results, started } = await onBusyMachine({ pods: [1], checks: ['ready-in-budget'], outOfTimeAt });
    expect(results).toMatchObject([
      {
        outcome: 'notRun',
        answers: [{ message: { cut: { abort: { message: expect.stringContaining(WHY) } } }, isBroken: true }],
      },
    ]);
    expect(results[0]?.answers.some(({ isRepeated }) => isRepeated)).toBe(false);
    expect(started).toBe(1);
  });
});
