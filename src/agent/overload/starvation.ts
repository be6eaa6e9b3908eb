import { after, type Instant } from '../../clock/instant';
import { type CPUReader, CPUWaits } from '../../runtime/docker/cpu/waits';
import type { Event } from '../../timeline/event';

/**
 * A period shows nothing about the app if this share of it was spent in waiting for a CPU. An app that needs at most
 * half of its time on an idle machine misses a deadline only if it waited for the other half.
 */
const UNFAIR_SHARE = 1 / 2;
const LOOK_EVERY_MS = 1_000;
/**
 * An app that responds, but not successfully yet, may still be preparing the response if it has waited this recently.
 */
const AT_WORK_MS = 2_000;
/** Most attempts have finished after this share of their timeout, and cost no look. */
const LOOK_AFTER_SHARE = 1 / 4;
/** Instances that have exited and are still kept. A container may crash without end. */
const ENDED_MAX = 10;

/** A container or engine that needed a processor and did not get one. */
export interface Starved {
  /** A container, `the service postgres` or `the container engine`. */
  readonly who: string;
  readonly waitedMs: number;
  readonly ofMs: number;
}

export interface StarvationPorts {
  readonly now: () => Instant;
  readonly machine: CPUReader['machine'];
  /** Returns the folder of an instance's cgroup, or undefined if this machine does not run it. */
  readonly cgroupOf: (id: string) => string | undefined;
  readonly container: (folder: string) => ReturnType<CPUReader['container']>;
  readonly pids: (folder: string) => readonly string[];
  /** The containers of the services that the pod uses, by id, and the names of the services. */
  readonly services: () => ReadonlyMap<string, string>;
}

/** Filter of the waits that count. */
export interface WaitFilter {
  /** The containers whose apps respond. */
  readonly answering?: readonly string[];
  /** True for the wait of a command that runs in a container. A frozen container does not stop that command. */
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

/** The demand for the processors of this machine until some instant, in milliseconds. */
interface Contention {
  /** The time in which some process waited for a processor. */
  readonly pressureMs: number;
  /** The time in which all processors were busy, at most. */
  readonly allBusyMs: number;
}

/**
 * A meter of the processor time that the containers of a pod, and of the services that it uses, needed and did not get.
 * It covers only containers that run on this machine.
 */
export class Starvation {
  readonly #ports: StarvationPorts;
  /** Running instances, by id. */
  readonly #watched = new Map<string, WatchedCgroup>();
  #ended: readonly WatchedCgroup[] = [];
  /** The work of the engine in progress: its start, and the contention until then. */
  readonly #engineWork = new Set<EngineWork>();
  #timer: NodeJS.Timeout | undefined;

  constructor(ports: StarvationPorts) {
    this.#ports = ports;
  }

  onEvents(events: readonly Event[]): void {
    for (const event of events) {
      if (event.kind === 'ContainerStarted') this.#watch(event.id, event.container);
      if (event.kind === 'ContainerExited') this.#end(event.id);
      // A container's waits before and after a freeze are its own.
      if (event.kind === 'TestActed' && (event.action === 'freeze' || event.action === 'thaw')) this.#look();
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /**
   * Counts the machine's pressure as the engine's wait until `work` has finished, because the engine's own processes
   * are not visible.
   */
  watchEngine(work: Promise<unknown>): void {
    const begun = { at: this.#ports.now(), contention: this.#contention() };
    this.#engineWork.add(begun);
    void work.finally(() => this.#engineWork.delete(begun));
  }

  /**
   * Returns the container that has waited longest since `from`, or the engine while it is working, if that wait was
   * long. If the app responds to its probe, only its latest wait counts, and the wait of a frozen container counts only
   * for a command that runs in it.
   */
  since(from: Instant, { answering = [], isCommand = false }: WaitFilter = {}): Starved | undefined {
    const now = this.#ports.now();
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

  /** Watches an attempt with this timeout. */
  watch(timeoutMs: number, filter: WaitFilter = {}): () => Starved | undefined {
    const from = this.#ports.now();
    const timer = setTimeout(() => this.#look(), timeoutMs * LOOK_AFTER_SHARE);
    return () => {
      clearTimeout(timer);
      return this.#ports.now() - from < timeoutMs ? undefined : this.since(from, filter);
    };
  }

  /**
   * Watches an attempt at a command. If the command has not started by its timeout, the engine had no processor time
   * for it.
   */
  watchCommand(id: string, timeoutMs: number): () => Starved | undefined {
    const from = this.#ports.now();
    const folder = this.#watched.get(id)?.folder;
    if (folder === undefined) return () => undefined;
    const watched = this.watch(timeoutMs, { isCommand: true });
    const { pids } = this.#ports;
    const before = new Set(pids(folder));
    const begun = { at: from, contention: this.#contention() };
    return () => {
      const starved = watched();
      const ofMs = this.#ports.now() - from;
      if (starved || ofMs < timeoutMs || pids(folder).some((pid) => !before.has(pid))) return starved;
      const engine = this.#engineWait(begun, ofMs);
      return isUnfair(engine) ? engine : undefined;
    };
  }

  /**
   * Returns the wait of the engine. A process that waits because of its CPU limit leaves a processor idle, so that wait
   * is not the engine's.
   */
  #engineWait({ at, contention }: EngineWork, ofMs: number): Starved {
    const { pressureMs, allBusyMs } = this.#contention();
    const contendedMs = Math.min(pressureMs - contention.pressureMs, allBusyMs - contention.allBusyMs);
    return { who: 'the container engine', waitedMs: Math.min(this.#ports.now() - at, ofMs, contendedMs), ofMs };
  }

  #contention(): Contention {
    const { pressureMs = 0, busyMs = 0, processors = 1 } = this.#ports.machine() ?? {};
    return { pressureMs, allBusyMs: busyMs / processors };
  }

  #watch(id: string, container: string): void {
    const { now, machine, cgroupOf, container: read } = this.#ports;
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
    for (const [id, service] of this.#ports.services()) {
      if (!this.#watched.has(id)) this.#watch(id, `the service ${service}`);
    }
    for (const { waits } of this.#watched.values()) waits.look();
  }
}

function isUnfair({ waitedMs, ofMs }: Starved): boolean {
  return waitedMs > 0 && waitedMs >= ofMs * UNFAIR_SHARE;
}
