import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Starvation } from '../../../../src/agent/overload/starvation';
import { after, CREATED, type Instant } from '../../../../src/clock/instant';
import type { Event } from '../../../../src/timeline/event';

const STARTED: Event = {
  source: 'runtime',
  kind: 'ContainerStarted',
  at: CREATED,
  container: 'web',
  id: 'web-0',
  attempt: 0,
};

/** Watches a container on a machine whose processors are always busy. */
function watched({ isHere = true, services = {} }: { isHere?: boolean; services?: Record<string, string> } = {}) {
  const state = {
    now: CREATED as Instant,
    waitedMs: 0,
    pressureMs: 0,
    busyMs: 0,
    pids: ['10'],
    reads: 0,
    isFrozen: false,
  };
  const starvation = new Starvation({
    now: () => state.now,
    machine: () => ({ busyMs: state.busyMs, processors: 2, pressureMs: state.pressureMs }),
    cgroupOf: () => (isHere ? '/cgroup/web-0' : undefined),
    container: () => {
      state.reads += 1;
      return {
        throttledMs: 0,
        isFrozen: state.isFrozen,
        threads: new Map([
          ['10/10', { ranMs: 0, waitedMs: state.waitedMs, isRunnable: false, isStopped: false, startedAt: 1 }],
        ]),
      };
    },
    pids: () => state.pids,
    services: () => new Map(Object.entries(services)),
  });
  starvation.onEvents([STARTED]);
  const pass = (ms: number, { waitedMs = 0, pressureMs = ms, busyMs = ms * 2 } = {}) => {
    state.now = after(state.now, ms);
    state.waitedMs += waitedMs;
    state.pressureMs += pressureMs;
    state.busyMs += busyMs;
    jest.advanceTimersByTime(ms);
  };
  return { starvation, state, pass };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('Starvation', () => {
  test('returns the container that waited for a CPU half of the time or longer', () => {
    const { starvation, pass } = watched();
    pass(4_000, { waitedMs: 2_300 });
    expect(starvation.since(CREATED)).toEqual({ who: 'web', waitedMs: 2_300, ofMs: 4_000 });
    pass(21_000, { waitedMs: 100 });
    expect(starvation.since(after(CREATED, 4_000))).toBeUndefined();
    expect(starvation.since(CREATED)).toBeUndefined();
  });

  test('watches the Services of the pod as well', () => {
    const { starvation, pass } = watched({ services: { 'db-0': 'postgres' } });
    starvation.onEvents([{ ...STARTED, kind: 'ContainerExited', exitCode: 1, reason: 'Error' }]);
    pass(1_000);
    pass(3_000, { waitedMs: 2_000 });
    expect(starvation.since(CREATED)).toMatchObject({ who: 'the service postgres', waitedMs: 2_000 });
  });

  test('considers only recent waits of a container whose probe gets responses', () => {
    const { starvation, pass } = watched();
    pass(3_000, { waitedMs: 2_900 });
    expect(starvation.since(CREATED, { answering: ['web'] })).toMatchObject({ who: 'web', ofMs: 2_000 });
    pass(2_000);
    expect(starvation.since(CREATED, { answering: ['web'] })).toBeUndefined();
    expect(starvation.since(CREATED)).toMatchObject({ waitedMs: 2_900, ofMs: 5_000 });
  });

  test('returns the wait of an instance that has exited', () => {
    const { starvation, pass, state } = watched();
    pass(2_000, { waitedMs: 1_500 });
    starvation.since(CREATED);
    starvation.onEvents([{ ...STARTED, kind: 'ContainerExited', exitCode: 1, reason: 'Error' }]);
    state.waitedMs = 0;
    pass(1_000);
    expect(starvation.since(CREATED)).toMatchObject({ who: 'web', waitedMs: 1_500 });
  });

  test('returns nothing if the container runs on another machine', () => {
    const { starvation, pass } = watched({ isHere: false });
    const stop = starvation.watch(1_000);
    const stopCommand = starvation.watchCommand('web-0', 1_000);
    pass(1_000, { waitedMs: 900 });
    expect(starvation.since(CREATED)).toBeUndefined();
    expect(stop()).toBeUndefined();
    expect(stopCommand()).toBeUndefined();
  });

  test('reads no pressure for an attempt that finishes early', () => {
    const { starvation, pass, state } = watched();
    const { reads } = state;
    const stop = starvation.watch(1_000);
    pass(200, { waitedMs: 150 });
    expect(stop()).toBeUndefined();
    expect(state.reads).toBe(reads);
  });

  test('returns the wait of a container during an attempt that timed out', () => {
    const { starvation, pass } = watched();
    const stop = starvation.watch(1_000);
    pass(250);
    pass(750, { waitedMs: 600 });
    expect(stop()).toEqual({ who: 'web', waitedMs: 600, ofMs: 1_000 });
  });

  test('returns the engine if a command has not started before its timeout', () => {
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

  test('blames no engine for processes that wait while a processor is idle', () => {
    const { starvation, pass, state } = watched();
    const late = starvation.watchCommand('web-0', 1_000);
    pass(1_000, { pressureMs: 1_000, busyMs: 900 });
    expect(late()).toBeUndefined();
    starvation.watchEngine(new Promise(() => {}));
    const from = state.now;
    pass(2_000, { pressureMs: 2_000, busyMs: 1_900 });
    expect(starvation.since(from)).toBeUndefined();
    pass(2_000);
    expect(starvation.since(from)).toMatchObject({ who: 'the container engine', ofMs: 4_000 });
  });

  test('ignores waits of a frozen container, except those of a command in it', () => {
    const { starvation, pass, state } = watched();
    const acted = (action: 'freeze' | 'thaw'): Event => ({ source: 'test', kind: 'TestActed', action, at: state.now });
    pass(2_000);
    starvation.onEvents([acted('freeze')]);
    state.isFrozen = true;
    const frozenAt = state.now;
    pass(200, { waitedMs: 100 });
    pass(2_800);
    const from = state.now;
    const stop = starvation.watch(2_000);
    const stopCommand = starvation.watchCommand('web-0', 2_000);
    pass(2_000, { waitedMs: 1_900 });
    expect(stop()).toBeUndefined();
    expect(starvation.since(frozenAt)).toBeUndefined();
    expect(stopCommand()).toEqual({ who: 'web', waitedMs: 1_900, ofMs: 2_000 });
    starvation.onEvents([acted('thaw')]);
    state.isFrozen = false;
    pass(2_000, { waitedMs: 2_000 });
    expect(starvation.since(from)).toMatchObject({ who: 'web', waitedMs: 2_000, ofMs: 4_000 });
  });
});
