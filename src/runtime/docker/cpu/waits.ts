import type { ContainerReading, ThreadReading } from './container';
import type { MachineReading } from './machine';

/** A container, or the machine it runs on, hardly waits below that share of the time. */
const QUIET_SHARE = 0.02;
/** How far back can be asked. */
const KEPT_MS = 15 * 60_000;

/** What the waits are read from. */
export interface CPUReader {
  /** In milliseconds, from whenever on. */
  readonly now: () => number;
  readonly machine: () => MachineReading | undefined;
  readonly container: () => ContainerReading | undefined;
}

/** How long a container has waited by some instant. */
interface Point {
  readonly at: number;
  readonly waitedMs: number;
}

interface ThreadSeen extends ThreadReading {
  /** Since when it waits without an end that the kernel has counted; undefined where it does not. */
  readonly waitsSince: number | undefined;
  /** With the wait that is not over. */
  readonly totalMs: number;
}

interface Seen {
  readonly at: number;
  readonly machine: MachineReading;
}

interface Look extends Seen {
  readonly threads: ReadonlyMap<string, ThreadSeen>;
  readonly throttledMs: number;
}

/**
 * Follows for how long a container wanted a processor of its machine and did not get one, because others had them all.
 * What its own CPU limit keeps from it does not count, nor what its own threads take from each other. One that is frozen,
 * asleep or blocked wants none.
 */
export class CPUWaits {
  readonly #reader: CPUReader;
  /** The last time that the container was read, which it is not while the machine is quiet. */
  #last: Look | undefined;
  #machineSeen: Seen | undefined;
  #points: readonly Point[] = [];

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
    if (last && isQuiet) return this.#add(at, 0);
    const container = this.#reader.container();
    if (!container) return this.#add(at, 0);
    const threads = new Map([...container.threads].map(([id, one]) => [id, followed(last, id, one, at)]));
    const look: Look = { at, machine, threads, throttledMs: container.throttledMs };
    this.#add(at, last ? waitedBetween(last, look) : 0);
    this.#last = look;
  }

  /** Returns the milliseconds that it has waited from then to the last look. */
  since(from: number): number {
    const total = this.#points.at(-1)?.waitedMs ?? 0;
    return total - this.#waitedBy(from);
  }

  #add(at: number, waitedMs: number): void {
    const last = this.#points.at(-1);
    const point = { at, waitedMs: (last?.waitedMs ?? 0) + waitedMs };
    const isFlat = last?.waitedMs === point.waitedMs && this.#points.at(-2)?.waitedMs === point.waitedMs;
    const kept = (isFlat ? this.#points.slice(0, -1) : this.#points).filter((one) => at - one.at <= KEPT_MS);
    this.#points = [...kept, point];
  }

  /** Between two looks it waited evenly, as far as can be told. */
  #waitedBy(at: number): number {
    const next = this.#points.findIndex((point) => point.at >= at);
    const to = this.#points[next];
    const from = this.#points[next - 1];
    if (!to) return this.#points.at(-1)?.waitedMs ?? 0;
    if (!from || to.at === from.at) return to.waitedMs;
    return from.waitedMs + ((at - from.at) / (to.at - from.at)) * (to.waitedMs - from.waitedMs);
  }
}

/** On a machine where hardly anybody has waited, this container has not. */
function wasQuiet(last: Seen, { pressureMs }: MachineReading, at: number): boolean {
  if (pressureMs === undefined || last.machine.pressureMs === undefined) return false;
  return pressureMs - last.machine.pressureMs < QUIET_SHARE * (at - last.at);
}

/** A wait counts for the kernel once it is over: whoever is runnable at two looks and did not move in between waits. */
function followed(last: Look | undefined, id: string, now: ThreadReading, at: number): ThreadSeen {
  const before = last?.threads.get(id);
  const stands = before && now.ranMs === before.ranMs && now.waitedMs === before.waitedMs;
  const waits = stands && now.isRunnable && before.isRunnable;
  const waitsSince = waits ? (before.waitsSince ?? last?.at) : undefined;
  return { ...now, waitsSince, totalMs: now.waitedMs + (waitsSince === undefined ? 0 : at - waitsSince) };
}

/**
 * Threads that wait side by side make nobody wait twice, so it is the longest wait that counts. No longer than others ran
 * can they have kept it waiting.
 */
function waitedBetween(last: Look, now: Look): number {
  let longestMs = 0;
  let ranMs = 0;
  for (const [id, { totalMs, ranMs: ran }] of now.threads) {
    const before = last.threads.get(id);
    longestMs = Math.max(longestMs, totalMs - (before?.totalMs ?? 0));
    ranMs += ran - (before?.ranMs ?? 0);
  }
  const throttledMs = now.throttledMs - last.throttledMs;
  const othersMs = now.machine.busyMs - last.machine.busyMs - ranMs;
  return Math.max(0, Math.min(longestMs - throttledMs, othersMs));
}
