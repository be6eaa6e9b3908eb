import { describe, expect, test } from '@jest/globals';
import { type AssertionResult, makeFailed, makePending } from '../../../src/assertions/assertionResult';
import type { Instant } from '../../../src/clock/instant';
import type { WaitablePodRun } from '../../../src/waiting/podRun';
import { waitFor } from '../../../src/waiting/waitFor';
import { replay } from '../matchers/replay';
import type { Life } from '../timeline/events';
import { asked, probed, ready, started } from '../timeline/events';

/** Returns the instants of evaluations during these events. */
async function asks(coming: Life): Promise<number[]> {
  const at: number[] = [];
  const evaluate = ({ now }: { readonly now: number }) => {
    at.push(now);
    return makePending('nothing');
  };
  await waitFor({ podRun: replay({ coming }), limit: 10_000, evaluate, stopped: new Promise(() => {}) });
  return at;
}

test('evaluates after each event and at the end of the limit', async () => {
  expect(await asks([started(1), ready(2)])).toEqual([0, 1_000, 2_000, 10_000]);
});

test('skips evaluations after successful probes and successful requests', async () => {
  expect(await asks([probed(1, 'liveness', 'Success', 1), asked(2), asked(3, 'refused')])).toEqual([0, 3_005, 10_000]);
});

describe('waitFor on an overloaded machine', () => {
  const open = () => makePending('nothing');

  async function unfair(podRun: Partial<WaitablePodRun>, evaluate: () => AssertionResult = open) {
    const since: number[] = [];
    const explainUnfairness = async (from: Instant) => {
      since.push(from);
      return 'machine overloaded: web had waited';
    };
    const played = replay({ past: [started(1)], coming: [ready(4)] });
    const verdict = await waitFor({
      podRun: Object.assign(played, { explainUnfairness }, podRun),
      limit: 10_000,
      evaluate,
    });
    return { outcome: verdict.result.outcome, unfair: verdict.unfair, since };
  }

  test('returns why the timeout proves nothing', async () => {
    expect(await unfair({})).toEqual({
      outcome: 'pending',
      unfair: 'machine overloaded: web had waited',
      since: [1_000],
    });
  });

  test('returns why even if the wait is stopped early', async () => {
    const turns = [Promise.resolve(), new Promise<void>(() => {})];
    const progress = async () => turns.shift();
    const podRun = { ...replay({ past: [started(1)] }), progress, explainUnfairness: async () => 'machine overloaded' };
    const stopped = new Promise<'OutOfTime'>((resolve) => setImmediate(() => resolve('OutOfTime')));
    const verdict = await waitFor({ podRun, limit: 10_000, evaluate: open, stopped });
    expect(verdict).toMatchObject({ stop: 'OutOfTime', unfair: 'machine overloaded' });
  });

  test('skips the check if the result is final or the pod is at rest', async () => {
    expect(await unfair({}, () => makeFailed(undefined, 'notReady'))).toMatchObject({ outcome: 'failed', since: [] });
    const gone = { ...replay({ past: [started(1)], ends: true }), explainUnfairness: async () => 'machine overloaded' };
    expect((await waitFor({ podRun: gone, limit: 10_000, evaluate: open })).unfair).toBeUndefined();
  });
});
