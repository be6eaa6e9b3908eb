import { describe, expect, test } from '@jest/globals';
import type { Driver } from '../../../../src/agent/driver/driver';
import { Waiters } from '../../../../src/agent/pod/waiters';
import { after, CREATED } from '../../../../src/clock/instant';

/** Creates waiters for the container `web`, which runs once `state.id` is set. */
function waiting() {
  const state = { now: CREATED, isAtRest: false, id: undefined as string | undefined, awaited: [] as number[] };
  const driver = {
    get isAtRest() {
      return state.isAtRest;
    },
    state: { status: { phase: 'Pending' } },
    await: (until: number) => state.awaited.push(until),
  } as unknown as Driver;
  const waiters = new Waiters(driver, () => state.now);
  const found = waiters.until('container web', 'is not running', () => state.id);
  return { state, waiters, found };
}

describe('Waiters', () => {
  test('checks again after each event, and resolves to the result', async () => {
    const { state, waiters, found } = waiting();
    waiters.onEvents();
    state.id = 'web-0';
    waiters.onEvents();
    await expect(found).resolves.toBe('web-0');
    expect(state.awaited).toEqual([600_000, 600_000]);
  });

  test('rejects with the phase of the pod once the phase is terminal', async () => {
    const { state, waiters, found } = waiting();
    state.isAtRest = true;
    waiters.onEnded();
    await expect(found).rejects.toThrow(
      "container web: is not running, and the pod's phase is Pending. Read the pod's events to find out why",
    );
  });

  test('rejects if the wait exceeds the longest back-off', async () => {
    const { state, waiters, found } = waiting();
    state.now = after(CREATED, 600_000);
    waiters.onClockReached();
    await expect(found).rejects.toThrow('container web: is not running');
  });

  test('rejects with the error of the run if it is aborted', async () => {
    const { state, waiters, found } = waiting();
    state.isAtRest = true;
    waiters.onBroken(new Error('container engine: lost'));
    await expect(found).rejects.toThrow('container engine: lost');
  });
});
