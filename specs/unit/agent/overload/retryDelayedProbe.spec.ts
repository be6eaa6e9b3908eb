import { describe, expect, test } from '@jest/globals';
import { type BlockedTime, HeldUp } from '../../../../src/agent/overload/heldUp';
import { retryDelayedProbe } from '../../../../src/agent/overload/retryDelayedProbe';
import type { Starved } from '../../../../src/agent/overload/starvation';
import type { ProbeOutcome } from '../../../../src/kubelet/state/protocol';

const TIMED_OUT: ProbeOutcome = { result: 'Failure', output: 'context deadline exceeded' };
const LOST: ProbeOutcome = { result: 'Errored', state: 'failure', output: 'context deadline exceeded' };
const SUCCESS: ProbeOutcome = { result: 'Success', output: 'ok' };

const patient = { tookMs: 1_001, heldUpMs: 240 };
const heldUp = { tookMs: 1_400, heldUpMs: 700 };

/** Runs the attempts of a probe with a timeout of 1s. The last attempt is repeated. */
async function made(...attempts: readonly (readonly [ProbeOutcome, BlockedTime])[]) {
  const held: number[] = [];
  let count = 0;
  const [last] = attempts.slice(-1);
  const attemptOf = (index: number) => attempts[index] ?? last ?? [SUCCESS, patient];
  const outcome = await retryDelayedProbe(
    { whose: 'the liveness probe of web', timeoutMs: 1_000 },
    async () => attemptOf(count)[0],
    (ms) => held.push(ms),
    () => ({ stop: () => attemptOf(count++)[1] }),
  );
  return { outcome, held, count };
}

test('repeats an attempt that timed out while this process was blocked', async () => {
  expect(await made([TIMED_OUT, heldUp], [SUCCESS, patient])).toEqual({ outcome: SUCCESS, held: [700], count: 2 });
  expect(await made([LOST, heldUp], [TIMED_OUT, patient])).toEqual({ outcome: TIMED_OUT, held: [700], count: 2 });
});

test('repeats no attempt that the app itself let time out or fail', async () => {
  expect(await made([TIMED_OUT, patient])).toEqual({ outcome: TIMED_OUT, held: [], count: 1 });
  const refused: ProbeOutcome = { result: 'Failure', output: 'connection refused' };
  expect(await made([refused, { tookMs: 900, heldUpMs: 890 }])).toEqual({ outcome: refused, held: [], count: 1 });
});

test('repeats no timed-out attempt of a frozen container', async () => {
  const asked = { whose: 'the liveness probe of web', timeoutMs: 1_000, isFrozen: () => true };
  const watch = () => ({ stop: () => heldUp });
  expect(
    await retryDelayedProbe(
      asked,
      async () => TIMED_OUT,
      () => {},
      watch,
    ),
  ).toBe(TIMED_OUT);
});

test('repeats no attempt with a response, even if it was read late', async () => {
  expect(await made([SUCCESS, heldUp])).toEqual({ outcome: SUCCESS, held: [], count: 1 });
});

test('returns Unjudged after three attempts that this process delayed', async () => {
  expect(await made([TIMED_OUT, heldUp])).toEqual({
    outcome: {
      result: 'Unjudged',
      why: 'jest-kubelet was blocked for 700ms of the 1s timeout of the liveness probe of web',
    },
    held: [700, 700, 700],
    count: 3,
  });
});

test('HeldUp measures how long this process was blocked until the watch stops', async () => {
  const watch = new HeldUp();
  for (const until = performance.now() + 300; performance.now() < until; );
  const { tookMs, heldUpMs } = watch.stop();
  expect(tookMs).toBeGreaterThanOrEqual(300);
  expect(heldUpMs).toBeGreaterThanOrEqual(270);
});

describe('retryDelayedProbe with an app that waits for a CPU', () => {
  const starved: Starved = { who: 'web', waitedMs: 600.4, ofMs: 1_000 };

  async function made(outcome: ProbeOutcome, watched: BlockedTime, ...waits: readonly (Starved | undefined)[]) {
    const held: number[] = [];
    let count = 0;
    const result = await retryDelayedProbe(
      { whose: 'the liveness probe of web', timeoutMs: 1_000, watchApp: () => () => waits[count++] },
      async () => outcome,
      (ms) => held.push(ms),
      () => ({ stop: () => watched }),
    );
    return { result, held, count };
  }

  test('repeats a timed-out attempt if the app got no CPU', async () => {
    expect(await made(TIMED_OUT, patient, starved, undefined)).toEqual({ result: TIMED_OUT, held: [600], count: 2 });
  });

  test('returns Unjudged if the app got no CPU in any attempt', async () => {
    expect(await made(TIMED_OUT, patient, starved, starved, starved)).toEqual({
      result: {
        result: 'Unjudged',
        why: 'web had waited 0.6s of 1.0s for a CPU when the liveness probe of web timed out',
      },
      held: [600, 600, 600],
      count: 3,
    });
  });

  test('repeats no attempt that responds in time', async () => {
    expect(await made(SUCCESS, patient, starved)).toEqual({ result: SUCCESS, held: [], count: 1 });
    const refused: ProbeOutcome = { result: 'Failure', output: 'connection refused' };
    expect(await made(refused, { tookMs: 2, heldUpMs: 0 }, starved)).toEqual({ result: refused, held: [], count: 1 });
  });
});
