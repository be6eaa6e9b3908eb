import { after, type Instant } from '../../clock/instant';
import { type CPUReader, CPUWaits } from '../../runtime/docker/cpu/waits';
import type { Event } from '../../timeline/event';

/**
 * A time of which so much was spent in waiting for a CPU shows nothing about the app. An app that needs at most half of its
 * time on an idle machine misses a deadline only if it waited for the other half.
 */
const UNFAIR_SHARE = 1 / 2;
const LOOK_EVERY_MS = 1_000;
/** An app that answers, but not yet what is wanted, may still be at work on that if it waited so recently. */
const AT_WORK_MS = 2_000;
/** Most attempts are over by then, and cost nothing. */
const LOOK_AFTER_SHARE = 1 / 4;
/** Instances that have exited, and can still be asked about: a container may crash without end. */
const ENDED_MAX = 10;

/** Somebody who wanted a processor and did not get one. */
export interface Starved {
  /** A container, `the service postgres` or `the container engine`. */
  readonly who: string;
  readonly waitedMs: number;
  readonly ofMs: number;
}

export interface StarvationSurroundings {
  readonly now: () => Instant;
  readonly machine: CPUReader['machine'];
  /** The folder of an instance's cgroup; undefined where this machine does not run it. */
  readonly cgroupOf: (id: string) => string | undefined;
  readonly container: (folder: string) => ReturnType<CPUReader['container']>;
  readonly pids: (folder: string) => readonly string[];
  /** The containers of what the pod talks to, by id, and the names of that. */
  readonly services: () => ReadonlyMap<string, string>;
}

/** Which waits count. */
export interface WaitFilter {
  /** The containers whose apps answer. */
  readonly answering?: readonly string[];
  /** True if it is about a command that runs in a container, which a frozen one does not keep from running. */
  readonly isCommand?: boolean;
}

interface WatchedCgroup {
  readonly container: string;
  readonly folder: string;
  readonly waits: CPUWaits;
}

interface EngineWork {
  readonly at: Instant;
  readonly contention: Contention;
}

/** What the processors of the machine had been wanted for by some instant, in milliseconds. */
interface Contention {
  /** For how long some process had waited for one. */
  readonly pressureMs: number;
  /** For how long all of them were busy, at most. */
  readonly allBusyMs: number;
}

/** Sees whether the containers of a pod, and of what it talks to, got the processor time they wanted, where they run on this machine. */
export class Starvation {
  readonly #around: StarvationSurroundings;
  /** Those that run, by id. */
  readonly #watched = new Map<string, WatchedCgroup>();
  #ended: readonly WatchedCgroup[] = [];
  /** What the engine is at: since when, and what the machine had been at by then. */
  readonly #engineWork = new Set<EngineWork>();
  #timer: NodeJS.Timeout | undefined;

  constructor(around: StarvationSurroundings) {
    this.#around = around;
  }

  onEvents(events: readonly Event[]): void {
    for (const event of events) {
      if (event.kind === 'ContainerStarted') this.#watch(event.id, event.container);
      if (event.kind === 'ContainerExited') this.#end(event.id);
      // What a container waited before it is frozen, or after that, is its own.
      if (event.kind === 'TestActed' && (event.action === 'freeze' || event.action === 'thaw')) this.#look();
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** The engine's own processes are not seen: while it works, the machine's pressure stands for its wait. */
  watchEngine(work: Promise<unknown>): void {
    const begun = { at: this.#around.now(), contention: this.#contention() };
    this.#engineWork.add(begun);
    void work.finally(() => this.#engineWork.delete(begun));
  }

  /**
   * Returns whoever has waited longest since then, where that was long: a container, or the engine if it is at work. One
   * whose app answers its probe is what it is, unless it has just waited. One that is frozen waits for nothing, unless a
   * command is meant that runs in it.
   */
  since(from: Instant, { answering = [], isCommand = false }: WaitFilter = {}): Starved | undefined {
    const now = this.#around.now();
    const ofMs = now - from;
    this.#look();
    const all = [...this.#watched.values(), ...this.#ended].map(({ container, waits }) => {
      const own = answering.includes(container) ? Math.min(ofMs, AT_WORK_MS) : ofMs;
      const begun = after(now, -own);
      const waitedMs = isCommand ? waits.ofCommandsSince(begun) : waits.since(begun);
      return { who: container, waitedMs: Math.min(own, waitedMs), ofMs: own };
    });
    const engine = [...this.#engineWork].map((work) => this.#engineWait(work, ofMs));
    const [worst] = [...all, ...engine].toSorted((a, b) => b.waitedMs - a.waitedMs);
    return worst && isUnfair(worst) ? worst : undefined;
  }

  /** Watches an attempt that has so much time for an answer. */
  watch(timeoutMs: number, filter: WaitFilter = {}): () => Starved | undefined {
    const from = this.#around.now();
    const timer = setTimeout(() => this.#look(), timeoutMs * LOOK_AFTER_SHARE);
    return () => {
      clearTimeout(timer);
      return this.#around.now() - from < timeoutMs ? undefined : this.since(from, filter);
    };
  }

  /** Watches one at a command: where that is not there when its time is over, the engine had none for it. */
  watchCommand(id: string, timeoutMs: number): () => Starved | undefined {
    const from = this.#around.now();
    const folder = this.#watched.get(id)?.folder;
    if (folder === undefined) return () => undefined;
    const watched = this.watch(timeoutMs, { isCommand: true });
    const { pids } = this.#around;
    const before = new Set(pids(folder));
    const begun = { at: from, contention: this.#contention() };
    return () => {
      const starved = watched();
      const ofMs = this.#around.now() - from;
      if (starved || ofMs < timeoutMs || pids(folder).some((pid) => !before.has(pid))) return starved;
      const engine = this.#engineWait(begun, ofMs);
      return isUnfair(engine) ? engine : undefined;
    };
  }

  /** A process that its own CPU limit keeps waiting leaves a processor idle, and is no wait of the engine's. */
  #engineWait({ at, contention }: EngineWork, ofMs: number): Starved {
    const { pressureMs, allBusyMs } = this.#contention();
    const contendedMs = Math.min(pressureMs - contention.pressureMs, allBusyMs - contention.allBusyMs);
    return { who: 'the container engine', waitedMs: Math.min(this.#around.now() - at, ofMs, contendedMs), ofMs };
  }

  #contention(): Contention {
    const { pressureMs = 0, busyMs = 0, processors = 1 } = this.#around.machine() ?? {};
    return { pressureMs, allBusyMs: busyMs / processors };
  }

  #watch(id: string, container: string): void {
    const { now, machine, cgroupOf, container: read } = this.#around;
    const folder = cgroupOf(id);
    if (folder === undefined) return;
    this.#watched.set(id, { container, folder, waits: new CPUWaits({ now, machine, container: () => read(folder) }) });
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
  }

  #end(id: string): void {
    const ended = this.#watched.get(id);
    if (!ended) return;
    this.#watched.delete(id);
    this.#ended = [...this.#ended, ended].slice(-ENDED_MAX);
  }

  #look(): void {
    for (const [id, service] of this.#around.services()) {
      if (!this.#watched.has(id)) this.#watch(id, `the service ${service}`);
    }
    for (const { waits } of this.#watched.values()) waits.look();
  }
}

function isUnfair({ waitedMs, ofMs }: Starved): boolean {
  return waitedMs > 0 && waitedMs >= ofMs * UNFAIR_SHARE;
}
