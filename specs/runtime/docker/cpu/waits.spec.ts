import { describe, expect, test } from '@jest/globals';
import type { ThreadReading } from '../../../../src/runtime/docker/cpu/container';
import { CPUWaits } from '../../../../src/runtime/docker/cpu/waits';

interface Machine {
  /** What the others ran, and what the container ran. */
  readonly busyMs: number;
  readonly pressureMs?: number;
  readonly throttledMs?: number;
  readonly threads?: Readonly<Record<string, Partial<ThreadReading>>>;
}

/** The waits of a container that is looked at once a second, as the machine is then. */
function follow(...looks: readonly Machine[]) {
  let now = 0;
  let isRead = 0;
  const seen = () => looks[now / 1_000] as Machine;
  const idle: ThreadReading = { ranMs: 0, waitedMs: 0, isRunnable: false };
  const waits = new CPUWaits({
    now: () => now,
    machine: () => ({ busyMs: seen().busyMs, pressureMs: seen().pressureMs }),
    container: () => {
      isRead += 1;
      const { threads, throttledMs = 0 } = seen();
      if (!threads) return undefined;
      return {
        throttledMs,
        threads: new Map(Object.entries(threads).map(([id, thread]) => [id, { ...idle, ...thread }])),
      };
    },
  });
  for (now = 1_000; now / 1_000 < looks.length; now += 1_000) waits.look();
  return { since: (from: number) => Math.round(waits.since(from)), isRead: () => isRead };
}

describe('CPUWaits', () => {
  test('counts what the kernel has counted since the container began', () => {
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

  test('counts a wait that is not over yet, and counts it once', () => {
    const { since } = follow(
      { busyMs: 0, threads: { main: { isRunnable: true } } },
      { busyMs: 2_000, threads: { main: { isRunnable: true } } },
      { busyMs: 4_000, threads: { main: { isRunnable: true } } },
      { busyMs: 6_000, threads: { main: { isRunnable: true, waitedMs: 2_500, ranMs: 500 } } },
    );
    expect(since(0)).toBe(2_500);
    expect(since(1_000)).toBe(1_500);
  });

  test('counts no wait of a container that sleeps, is frozen or blocked', () => {
    const asleep = { main: { waitedMs: 10, ranMs: 40 } };
    const { since } = follow({ busyMs: 0, threads: asleep }, { busyMs: 2_000, threads: asleep });
    expect(since(0)).toBe(0);
  });

  test('counts waits side by side once', () => {
    const { since } = follow(
      { busyMs: 0, threads: { a: {}, b: {} } },
      { busyMs: 2_000, threads: { a: { waitedMs: 700 }, b: { waitedMs: 600 } } },
    );
    expect(since(0)).toBe(700);
  });

  test('counts the whole wait of a process that has begun meanwhile', () => {
    const { since } = follow(
      { busyMs: 0, threads: { main: {} } },
      { busyMs: 2_000, threads: { main: {}, child: { waitedMs: 400 } } },
    );
    expect(since(0)).toBe(400);
  });

  test("counts no wait for the container's own CPU limit", () => {
    const { since } = follow(
      { busyMs: 0, threads: { main: {} } },
      { busyMs: 2_000, throttledMs: 850, threads: { main: { waitedMs: 900 } } },
    );
    expect(since(0)).toBe(50);
  });

  test("counts no wait for the container's own threads", () => {
    const { since } = follow(
      { busyMs: 0, threads: { a: {}, b: {} } },
      { busyMs: 1_020, threads: { a: { waitedMs: 500, ranMs: 500 }, b: { waitedMs: 500, ranMs: 500 } } },
    );
    expect(since(0)).toBe(20);
  });

  test('does not read a container while the machine is quiet, and still sees a burst after that', () => {
    const { since, isRead } = follow(
      { busyMs: 0, pressureMs: 0, threads: { main: {} } },
      { busyMs: 100, pressureMs: 5, threads: { main: {} } },
      { busyMs: 200, pressureMs: 10, threads: { main: {} } },
      { busyMs: 2_200, pressureMs: 960, threads: { main: { waitedMs: 950 } } },
    );
    expect(isRead()).toBe(2);
    expect(since(2_000)).toBe(950);
  });

  test('counts nothing if there is nothing to read', () => {
    const { since } = follow({ busyMs: 0 }, { busyMs: 2_000 }, { busyMs: 4_000 });
    expect(since(0)).toBe(0);
  });
});
