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

/** Makes attempts at a probe that has a second for an answer; the last one is repeated. */
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

test('an attempt that ran out of time while nobody could read the answer is made anew', async () => {
  expect(await made([TIMED_OUT, heldUp], [SUCCESS, patient])).toEqual({ outcome: SUCCESS, held: [700], count: 2 });
  expect(await made([LOST, heldUp], [TIMED_OUT, patient])).toEqual({ outcome: TIMED_OUT, held: [700], count: 2 });
});

test('an app that lets its time run out is judged by that, as is one that fails before', async () => {
  expect(await made([TIMED_OUT, patient])).toEqual({ outcome: TIMED_OUT, held: [], count: 1 });
  const refused: ProbeOutcome = { result: 'Failure', output: 'connection refused' };
  expect(await made([refused, { tookMs: 900, heldUpMs: 890 }])).toEqual({ outcome: refused, held: [], count: 1 });
});

test('an app that is frozen responds to nothing, however this process was held up', async () => {
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

test('an answer that came is taken as it is, however late we were to read it', async () => {
  expect(await made([SUCCESS, heldUp])).toEqual({ outcome: SUCCESS, held: [], count: 1 });
});

test('attempts on a machine that lets none be fair are not judged', async () => {
  expect(await made([TIMED_OUT, heldUp])).toEqual({
    outcome: {
      result: 'Unjudged',
      why: 'jest-kubelet was blocked for 700ms of the 1s timeout of the liveness probe of web',
    },
    held: [700, 700, 700],
    count: 3,
  });
});

test('whoever blocks this process holds it up, to the end of the watch', async () => {
  const watch = new HeldUp();
  for (const until = performance.now() + 300; performance.now() < until; );
  const { tookMs, heldUpMs } = watch.stop();
  expect(tookMs).toBeGreaterThanOrEqual(300);
  expect(heldUpMs).toBeGreaterThanOrEqual(270);
});

describe('fairly, with an app that wants a CPU', () => {
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

  test('makes a timed-out attempt anew if the app got none', async () => {
    expect(await made(TIMED_OUT, patient, starved, undefined)).toEqual({ result: TIMED_OUT, held: [600], count: 2 });
  });

  test('judges none of the attempts if no attempt is fair', async () => {
    expect(await made(TIMED_OUT, patient, starved, starved, starved)).toEqual({
      result: {
        result: 'Unjudged',
        why: 'web had waited 0.6s of 1.0s for a CPU when the liveness probe of web timed out',
      },
      held: [600, 600, 600],
      count: 3,
    });
  });

  test('takes an answer that came in time', async () => {
    expect(await made(SUCCESS, patient, starved)).toEqual({ result: SUCCESS, held: [], count: 1 });
    const refused: ProbeOutcome = { result: 'Failure', output: 'connection refused' };
    expect(await made(refused, { tookMs: 2, heldUpMs: 0 }, starved)).toEqual({ result: refused, held: [], count: 1 });
  });
});
