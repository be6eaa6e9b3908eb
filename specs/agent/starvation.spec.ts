import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Starvation } from '../../src/agent/starvation';
import { after, CREATED, type Instant } from '../../src/clock/instant';
import type { Event } from '../../src/timeline/event';

const STARTED: Event = {
  source: 'runtime',
  kind: 'ContainerStarted',
  at: CREATED,
  container: 'web',
  id: 'web-0',
  attempt: 0,
};

/** A container on a machine that others keep busy all the time. */
function watched({ isHere = true, services = {} }: { isHere?: boolean; services?: Record<string, string> } = {}) {
  const state = { now: CREATED as Instant, waitedMs: 0, pressureMs: 0, pids: ['10'], reads: 0 };
  const starvation = new Starvation({
    now: () => state.now,
    machine: () => ({ busyMs: state.now * 2, pressureMs: state.pressureMs }),
    cgroupOf: () => (isHere ? '/cgroup/web-0' : undefined),
    container: () => {
      state.reads += 1;
      return {
        throttledMs: 0,
        threads: new Map([['10/10', { ranMs: 0, waitedMs: state.waitedMs, isRunnable: false }]]),
      };
    },
    pids: () => state.pids,
    services: () => new Map(Object.entries(services)),
  });
  starvation.onEvents([STARTED]);
  const pass = (ms: number, { waitedMs = 0, pressureMs = ms } = {}) => {
    state.now = after(state.now, ms);
    state.waitedMs += waitedMs;
    state.pressureMs += pressureMs;
    jest.advanceTimersByTime(ms);
  };
  return { starvation, state, pass };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('Starvation', () => {
  test('names the container that waited for half of the time or more', () => {
    const { starvation, pass } = watched();
    pass(4_000, { waitedMs: 2_300 });
    expect(starvation.since(CREATED)).toEqual({ who: 'web', waitedMs: 2_300, ofMs: 4_000 });
    pass(21_000, { waitedMs: 100 });
    expect(starvation.since(after(CREATED, 4_000))).toBeUndefined();
    expect(starvation.since(CREATED)).toBeUndefined();
  });

  test('watches what the pod talks to as well', () => {
    const { starvation, pass } = watched({ services: { 'db-0': 'postgres' } });
    starvation.onEvents([{ ...STARTED, kind: 'ContainerExited', exitCode: 1, reason: 'Error' }]);
    pass(1_000);
    pass(3_000, { waitedMs: 2_000 });
    expect(starvation.since(CREATED)).toMatchObject({ who: 'the service postgres', waitedMs: 2_000 });
  });

  test('takes a container that answers as it is, unless it has just waited', () => {
    const { starvation, pass } = watched();
    pass(3_000, { waitedMs: 2_900 });
    expect(starvation.since(CREATED, ['web'])).toMatchObject({ who: 'web', ofMs: 2_000 });
    pass(2_000);
    expect(starvation.since(CREATED, ['web'])).toBeUndefined();
    expect(starvation.since(CREATED)).toMatchObject({ waitedMs: 2_900, ofMs: 5_000 });
  });

  test('still tells of an instance that has exited', () => {
    const { starvation, pass, state } = watched();
    pass(2_000, { waitedMs: 1_500 });
    starvation.since(CREATED);
    starvation.onEvents([{ ...STARTED, kind: 'ContainerExited', exitCode: 1, reason: 'Error' }]);
    state.waitedMs = 0;
    pass(1_000);
    expect(starvation.since(CREATED)).toMatchObject({ who: 'web', waitedMs: 1_500 });
  });

  test('says nothing where another machine runs the container', () => {
    const { starvation, pass } = watched({ isHere: false });
    const stop = starvation.watch(1_000);
    const stopCommand = starvation.watchCommand('web-0', 1_000);
    pass(1_000, { waitedMs: 900 });
    expect(starvation.since(CREATED)).toBeUndefined();
    expect(stop()).toBeUndefined();
    expect(stopCommand()).toBeUndefined();
  });

  test('reads nothing for an attempt that is over early', () => {
    const { starvation, pass, state } = watched();
    const { reads } = state;
    const stop = starvation.watch(1_000);
    pass(200, { waitedMs: 150 });
    expect(stop()).toBeUndefined();
    expect(state.reads).toBe(reads);
  });

  test('tells what a container waited in an attempt that ran out of time', () => {
    const { starvation, pass } = watched();
    const stop = starvation.watch(1_000);
    pass(250);
    pass(750, { waitedMs: 600 });
    expect(stop()).toEqual({ who: 'web', waitedMs: 600, ofMs: 1_000 });
  });

  test('blames the engine if a command has not begun when its time is over', () => {
    const { starvation, pass, state } = watched();
    const late = starvation.watchCommand('web-0', 1_000);
    pass(1_000);
    expect(late()).toEqual({ who: 'the container engine', waitedMs: 1_000, ofMs: 1_000 });
    const hangs = starvation.watchCommand('web-0', 1_000);
    state.pids = ['10', '11'];
    pass(1_000);
    expect(hangs()).toBeUndefined();
    const onQuietMachine = starvation.watchCommand('web-0', 1_000);
    pass(1_000, { pressureMs: 0 });
    expect(onQuietMachine()).toBeUndefined();
  });
});
