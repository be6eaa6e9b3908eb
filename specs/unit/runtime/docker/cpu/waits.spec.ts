import { describe, expect, test } from '@jest/globals';
import type { ThreadReading } from '../../../../../src/runtime/docker/cpu/container';
import { CPUWaits } from '../../../../../src/runtime/docker/cpu/waits';

interface Machine {
  /** CPU time of other containers and of this container. */
  readonly busyMs: number;
  readonly pressureMs?: number;
  readonly throttledMs?: number;
  readonly isFrozen?: boolean;
  readonly threads?: Readonly<Record<string, Partial<ThreadReading>>>;
}

/** Returns the CPU waits of a container that is sampled once a second in these states of the machine. */
function follow(...looks: readonly Machine[]) {
  let now = 0;
  let isRead = 0;
  const seen = () => looks[now / 1_000] as Machine;
  const idle: ThreadReading = { ranMs: 0, waitedMs: 0, isRunnable: false, isStopped: false, startedAt: 1 };
  const waits = new CPUWaits({
    now: () => now,
    machine: () => ({ busyMs: seen().busyMs, processors: 2, pressureMs: seen().pressureMs }),
    container: () => {
      isRead += 1;
      const { threads, throttledMs = 0, isFrozen = false } = seen();
      if (!threads) return undefined;
      return {
        throttledMs,
        isFrozen,
        threads: new Map(Object.entries(threads).map(([id, thread]) => [id, { ...idle, ...thread }])),
      };
    },
  });
  for (now = 1_000; now / 1_000 < looks.length; now += 1_000) waits.look();
  return {
    since: (from: number) => Math.round(waits.since(from)),
    ofCommandsSince: (from: number) => Math.round(waits.ofCommandsSince(from)),
    isRead: () => isRead,
  };
}

describe('CPUWaits', () => {
  test('counts the waits that the kernel measured since the start of the container', () => {
    const { since } = follow(
      { busyMs: 0, threads: { main: { waitedMs: 300 } } },
      { busyMs: 1_000, threads: { main: { waitedMs: 1_100 } } },
      { busyMs: 2_000, threads: { main: { waitedMs: 1_200 } } },
    );
    expect(since(0)).toBe(900);
    expect(since(1_000)).toBe(100);
    expect(since(1_500)).toBe(50);
    expect(since(5_000)).toBe(0);
  });

  test('counts an unfinished wait once', () => {
    const { since } = follow(
      { busyMs: 0, threads: { main: { isRunnable: true } } },
      { busyMs: 2_000, threads: { main: { isRunnable: true } } },
      { busyMs: 4_000, threads: { main: { isRunnable: true } } },
      { busyMs: 6_000, threads: { main: { isRunnable: true, waitedMs: 2_500, ranMs: 500 } } },
    );
    expect(since(0)).toBe(2_500);
    expect(since(1_000)).toBe(1_500);
  });

  test('counts no wait of a sleeping, frozen or blocked container', () => {
    const asleep = { main: { waitedMs: 10, ranMs: 40 } };
    const { since } = follow({ busyMs: 0, threads: asleep }, { busyMs: 2_000, threads: asleep });
    expect(since(0)).toBe(0);
  });

  test('counts parallel waits once', () => {
    const { since } = follow(
      { busyMs: 0, threads: { a: {}, b: {} } },
      { busyMs: 2_000, threads: { a: { waitedMs: 700 }, b: { waitedMs: 600 } } },
    );
    expect(since(0)).toBe(700);
  });

  test('counts the whole wait of a process that started since the last sample', () => {
    const { since } = follow(
      { busyMs: 0, threads: { main: {} } },
      { busyMs: 2_000, threads: { main: {}, child: { waitedMs: 400 } } },
    );
    expect(since(0)).toBe(400);
  });

  test('counts no wait during periods in which the CPU limit was used up', () => {
    const { since } = follow(
      { busyMs: 0, threads: { main: {} } },
      { busyMs: 2_000, throttledMs: 800, threads: { main: { waitedMs: 900 } } },
    );
    expect(since(0)).toBe(100);
  });

  test('counts no wait for a limit that is reported one sample late', () => {
    const { since } = follow(
      { busyMs: 0, threads: { main: {} } },
      { busyMs: 2_000, throttledMs: 1_000, threads: { main: { waitedMs: 950 } } },
      { busyMs: 4_000, throttledMs: 1_900, threads: { main: { waitedMs: 1_900 } } },
    );
    expect(since(0)).toBe(0);
  });

  test('carries at most one period of a limit into the next sample', () => {
    const { since } = follow(
      { busyMs: 0, threads: { main: {} } },
      { busyMs: 2_000, throttledMs: 1_000, threads: { main: { waitedMs: 100 } } },
      { busyMs: 4_000, throttledMs: 1_000, threads: { main: { waitedMs: 1_000 } } },
    );
    expect(since(1_000)).toBe(800);
  });

  test('counts no wait of a frozen container, except those of commands in it', () => {
    const { since, ofCommandsSince } = follow(
      { busyMs: 0, threads: { main: {} } },
      { busyMs: 2_000, isFrozen: true, threads: { main: { waitedMs: 300 } } },
      { busyMs: 4_000, isFrozen: true, threads: { main: { waitedMs: 300 }, command: { waitedMs: 800 } } },
      { busyMs: 6_000, threads: { main: { waitedMs: 500 } } },
    );
    expect(since(0)).toBe(500);
    expect(since(1_000)).toBe(200);
    expect(ofCommandsSince(1_000)).toBe(1_000);
  });

  test('assigns the excess of a wait over the sample interval to the time before', () => {
    const { since } = follow(
      { busyMs: 0, threads: { main: {} } },
      { busyMs: 2_000, threads: { main: {} } },
      { busyMs: 4_000, threads: { main: { waitedMs: 1_600 } } },
    );
    expect(since(1_000)).toBe(1_000);
    expect(since(0)).toBe(1_600);
  });

  test('ignores a thread that existed before its first sample', () => {
    const { since } = follow(
      { busyMs: 0, threads: { main: {} } },
      { busyMs: 2_000, threads: { main: {}, old: { waitedMs: 600, ranMs: 900 } } },
      { busyMs: 4_000, threads: { main: {}, old: { waitedMs: 800, ranMs: 1_000 } } },
    );
    expect(since(0)).toBe(200);
    expect(since(1_000)).toBe(200);
  });

  test('counts no wait for other threads of the container', () => {
    const { since } = follow(
      { busyMs: 0, threads: { a: {}, b: {} } },
      { busyMs: 1_020, threads: { a: { waitedMs: 500, ranMs: 500 }, b: { waitedMs: 500, ranMs: 500 } } },
    );
    expect(since(0)).toBe(20);
  });

  test('skips samples while the machine is idle, and still detects a later burst', () => {
    const { since, isRead } = follow(
      { busyMs: 0, pressureMs: 0, threads: { main: {} } },
      { busyMs: 100, pressureMs: 5, threads: { main: {} } },
      { busyMs: 200, pressureMs: 10, threads: { main: {} } },
      { busyMs: 2_200, pressureMs: 960, threads: { main: { waitedMs: 950 } } },
    );
    expect(isRead()).toBe(2);
    expect(since(2_000)).toBe(950);
  });

  test('samples often enough on an idle machine to tell old waits from new ones', () => {
    const quiet = (second: number) => ({
      busyMs: second * 100,
      pressureMs: second * 15,
      threads: { main: { waitedMs: second * 15 } },
    });
    const { since } = follow(...Array.from({ length: 60 }, (_, second) => quiet(second)), {
      busyMs: 8_000,
      pressureMs: 1_400,
      threads: { main: { waitedMs: 59 * 15 + 200 } },
    });
    expect(since(59_000)).toBeLessThan(300);
  });

  test('returns 0 if no data is available', () => {
    const { since } = follow({ busyMs: 0 }, { busyMs: 2_000 }, { busyMs: 4_000 });
    expect(since(0)).toBe(0);
  });
});
