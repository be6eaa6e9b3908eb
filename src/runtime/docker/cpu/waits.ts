import type { ContainerReading, ThreadReading } from './container';
import type { MachineReading } from './machine';
import { WaitedTime } from './waitedTime';

/** The share of the time below which a machine counts as quiet: a container on it hardly waits. */
const QUIET_SHARE = 0.02;
/** The interval at which a container is read even on a quiet machine, so that small waits do not add up undetected. */
const READ_EVERY_MS = 5_000;
/** A throttled period is counted at its end, but the wait in it before that: at most one period is outstanding. */
const CREDIT_MAX_MS = 100;

/** Readers that the waits are computed from. */
export interface CPUReader {
  /** Returns milliseconds since an arbitrary instant. */
  readonly now: () => number;
  readonly machine: () => MachineReading | undefined;
  readonly container: () => ContainerReading | undefined;
}

interface ThreadSeen extends ThreadReading {
  /** The start of a wait that the kernel has not counted yet, or undefined if there is none. */
  readonly waitsSince: number | undefined;
  /** Includes the wait that is still going on. */
  readonly totalMs: number;
}

interface MachineSample {
  readonly at: number;
  readonly machine: MachineReading;
}

interface WaitSample extends MachineSample {
  readonly threads: ReadonlyMap<string, ThreadSeen>;
  readonly throttledMs: number;
  readonly isFrozen: boolean;
}

/**
 * A meter of the time for which a container needed a processor of its machine and got none because others used them
 * all. Waits because of its own CPU limit or its own threads do not count, and a frozen, sleeping or blocked container
 * does not wait.
 */
export class CPUWaits {
  readonly #reader: CPUReader;
  /** The last reading of the container, which is rarely read while the machine is quiet. */
  #last: WaitSample | undefined;
  #machineSeen: MachineSample | undefined;
  /** The throttled time that has not been subtracted from a wait yet. */
  #creditMs = 0;
  readonly #app = new WaitedTime();
  readonly #any = new WaitedTime();

  /** Starts to measure. Earlier waits of the container do not count. */
  constructor(reader: CPUReader) {
    this.#reader = reader;
    this.look();
  }

  /** Measures the wait until now. */
  look(): void {
    const at = this.#reader.now();
    const machine = this.#reader.machine();
    if (!machine) return;
    const last = this.#last;
    const isQuiet = this.#machineSeen !== undefined && wasQuiet(this.#machineSeen, machine, at);
    this.#machineSeen = { at, machine };
    if (last && isQuiet && at - last.at < READ_EVERY_MS) return this.#add(at, 0);
    const container = this.#reader.container();
    if (!container) return this.#add(at, 0);
    const threads = new Map([...container.threads].map(([id, one]) => [id, followThread(last, id, one, at)]));
    const { throttledMs, isFrozen } = container;
    const look: WaitSample = { at, machine, threads, throttledMs, isFrozen };
    this.#add(at, last ? this.#waitedBetween(last, look) : 0, last?.isFrozen && isFrozen);
    this.#last = look;
  }

  /** Returns the milliseconds for which the app has waited between `from` and the last look. */
  since(from: number): number {
    return this.#app.since(from);
  }

  /** Returns the same, including commands that run in a frozen container. */
  ofCommandsSince(from: number): number {
    return this.#any.since(from);
  }

  #add(at: number, waitedMs: number, isFrozen = false): void {
    this.#any.add(at, waitedMs);
    this.#app.add(at, isFrozen ? 0 : waitedMs);
  }

  /**
   * Returns the longest wait of a thread, because threads that wait side by side delay the app only once. It cannot be
   * longer than the time in which other processes ran.
   */
  #waitedBetween(last: WaitSample, now: WaitSample): number {
    let longestMs = 0;
    let ranMs = 0;
    for (const [id, thread] of now.threads) {
      const before = last.threads.get(id) ?? begunSince(last, thread, now.at);
      longestMs = Math.max(longestMs, thread.totalMs - before.totalMs);
      ranMs += thread.ranMs - before.ranMs;
    }
    const limitMs = this.#creditMs + now.throttledMs - last.throttledMs;
    this.#creditMs = Math.min(CREDIT_MAX_MS, Math.max(0, limitMs - longestMs));
    const othersMs = now.machine.busyMs - last.machine.busyMs - ranMs;
    return Math.max(0, Math.min(longestMs - limitMs, othersMs));
  }
}

const BEGUN = { ranMs: 0, totalMs: 0 };

/**
 * Returns the counters at which a new thread started. A thread whose times exceed the interval is older and was not
 * read before.
 */
function begunSince(last: WaitSample, thread: ThreadSeen, at: number): Pick<ThreadSeen, 'ranMs' | 'totalMs'> {
  return thread.ranMs + thread.totalMs <= at - last.at ? BEGUN : thread;
}

/** Returns true if hardly any process of the machine has waited. Then this container has not waited either. */
function wasQuiet(last: MachineSample, { pressureMs }: MachineReading, at: number): boolean {
  if (pressureMs === undefined || last.machine.pressureMs === undefined) return false;
  return pressureMs - last.machine.pressureMs < QUIET_SHARE * (at - last.at);
}

/**
 * Adds a wait that is still going on. The kernel counts a wait at its end, so a thread that is runnable at two looks
 * and has not moved in between is waiting.
 */
function followThread(last: WaitSample | undefined, id: string, now: ThreadReading, at: number): ThreadSeen {
  const before = last?.threads.get(id);
  const stands = before && now.ranMs === before.ranMs && now.waitedMs === before.waitedMs;
  const waits = stands && now.isRunnable && before.isRunnable;
  const waitsSince = waits ? (before.waitsSince ?? last?.at) : undefined;
  return { ...now, waitsSince, totalMs: now.waitedMs + (waitsSince === undefined ? 0 : at - waitsSince) };
}
