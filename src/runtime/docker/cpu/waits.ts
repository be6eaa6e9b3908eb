import type { ContainerReading, ThreadReading } from './container';
import type { MachineReading } from './machine';
import { WaitedTime } from './waitedTime';

/** A container, or the machine it runs on, hardly waits below that share of the time. */
const QUIET_SHARE = 0.02;
/** Also on a quiet machine a container is read so often, so that what little it waits does not add up unseen. */
const READ_EVERY_MS = 5_000;
/** A throttled period is counted when it is over, the wait in it before: at most one period is owed. */
const CREDIT_MAX_MS = 100;

/** What the waits are read from. */
export interface CPUReader {
  /** In milliseconds, from whenever on. */
  readonly now: () => number;
  readonly machine: () => MachineReading | undefined;
  readonly container: () => ContainerReading | undefined;
}

interface ThreadSeen extends ThreadReading {
  /** Since when it waits without an end that the kernel has counted; undefined where it does not. */
  readonly waitsSince: number | undefined;
  /** With the wait that is not over. */
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
 * Follows for how long a container wanted a processor of its machine and did not get one, because others had them all.
 * What its own CPU limit keeps from it does not count, nor what its own threads take from each other. One that is frozen,
 * asleep or blocked wants none.
 */
export class CPUWaits {
  readonly #reader: CPUReader;
  /** The last time that the container was read, which it seldom is while the machine is quiet. */
  #last: WaitSample | undefined;
  #machineSeen: MachineSample | undefined;
  /** What its limit has taken and no wait has been set against yet. */
  #creditMs = 0;
  readonly #app = new WaitedTime();
  readonly #any = new WaitedTime();

  /** The container may have begun before: what it waited for until now does not count. */
  constructor(reader: CPUReader) {
    this.#reader = reader;
    this.look();
  }

  /** Reads how long it has waited by now. */
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
    const threads = new Map([...container.threads].map(([id, one]) => [id, followed(last, id, one, at)]));
    const { throttledMs, isFrozen } = container;
    const look: WaitSample = { at, machine, threads, throttledMs, isFrozen };
    this.#add(at, last ? this.#waitedBetween(last, look) : 0, last?.isFrozen && isFrozen);
    this.#last = look;
  }

  /** Returns the milliseconds that its app has waited from then to the last look. */
  since(from: number): number {
    return this.#app.since(from);
  }

  /** The same, with the commands that run beside an app that is frozen. */
  ofCommandsSince(from: number): number {
    return this.#any.since(from);
  }

  #add(at: number, waitedMs: number, isFrozen = false): void {
    this.#any.add(at, waitedMs);
    this.#app.add(at, isFrozen ? 0 : waitedMs);
  }

  /**
   * Threads that wait side by side make nobody wait twice, so it is the longest wait that counts. No longer than others ran
   * can they have kept it waiting.
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

/** A thread that has done more than fits in the time since was there before, and was not looked at. */
function begunSince(last: WaitSample, thread: ThreadSeen, at: number): Pick<ThreadSeen, 'ranMs' | 'totalMs'> {
  return thread.ranMs + thread.totalMs <= at - last.at ? BEGUN : thread;
}

/** On a machine where hardly anybody has waited, this container has not. */
function wasQuiet(last: MachineSample, { pressureMs }: MachineReading, at: number): boolean {
  if (pressureMs === undefined || last.machine.pressureMs === undefined) return false;
  return pressureMs - last.machine.pressureMs < QUIET_SHARE * (at - last.at);
}

/** A wait counts for the kernel once it is over: whoever is runnable at two looks and did not move in between waits. */
function followed(last: WaitSample | undefined, id: string, now: ThreadReading, at: number): ThreadSeen {
  const before = last?.threads.get(id);
  const stands = before && now.ranMs === before.ranMs && now.waitedMs === before.waitedMs;
  const waits = stands && now.isRunnable && before.isRunnable;
  const waitsSince = waits ? (before.waitsSince ?? last?.at) : undefined;
  return { ...now, waitsSince, totalMs: now.waitedMs + (waitsSince === undefined ? 0 : at - waitsSince) };
}
