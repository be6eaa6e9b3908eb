import { readdirSync } from 'node:fs';
import { statFields } from '../../processStat';
import { readText } from './readText';

/** The limit of threads that are read in a container. The other threads are ignored. */
const THREADS_MAX = 100;
const NS_PER_MS = 1_000_000;
const US_PER_MS = 1_000;
const DEFAULT_PERIOD_US = 100_000;
/** The index of `starttime` in a thread's `stat`, counted from its state. */
const STARTED_AT = 19;

/** A thread of a container, and its processor time since it started. */
export interface ThreadReading {
  readonly ranMs: number;
  /** The time in which it could have run and did not, without a wait that is still going on. */
  readonly waitedMs: number;
  /** True if it runs or could run. */
  readonly isRunnable: boolean;
  /** True if a signal has stopped it. */
  readonly isStopped: boolean;
  /** The start in ticks since the machine booted. */
  readonly startedAt: number;
}

/** The processor time of a container. */
export interface ContainerReading {
  /** Threads by `pid/tid`. */
  readonly threads: ReadonlyMap<string, ThreadReading>;
  /**
   * The periods in which it used up its own limit, in milliseconds. It could not have run longer in them, even if it
   * waited.
   */
  readonly throttledMs: number;
  /** True if its main process is stopped. */
  readonly isFrozen: boolean;
}

/**
 * Reads the processor time of the processes in a cgroup, including those that the engine runs beside the main process.
 * Returns undefined if they are not visible or have all exited.
 *
 * Source: Documentation/scheduler/sched-stats.rst, `/proc/<pid>/schedstat`; cgroup-v2.rst, `cpu.stat`.
 */
export function readContainer(folder: string): ContainerReading | undefined {
  const threads = new Map<string, ThreadReading>();
  for (const pid of listPids(folder)) {
    for (const tid of listThreads(pid)) {
      if (threads.size === THREADS_MAX) break;
      const thread = readThread(`/proc/${pid}/task/${tid}`);
      if (thread) threads.set(`${pid}/${tid}`, thread);
    }
  }
  const [main] = [...threads.values()].toSorted((one, other) => one.startedAt - other.startedAt);
  return main && { threads, throttledMs: readThrottledMs(folder), isFrozen: main.isStopped };
}

/** Returns the processes in a cgroup. A process of another pid namespace has no number here. */
export function listPids(folder: string): readonly string[] {
  return (readText(`${folder}/cgroup.procs`) ?? '').split('\n').filter((pid) => Number(pid) > 0);
}

function listThreads(pid: string): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function readThread(folder: string): ThreadReading | undefined {
  const schedstat = readText(`${folder}/schedstat`);
  const stat = schedstat === undefined ? undefined : readText(`${folder}/stat`);
  return schedstat === undefined || stat === undefined ? undefined : parseThread(schedstat, stat);
}

export function parseThread(schedstat: string, stat: string): ThreadReading | undefined {
  const [ran, waited] = schedstat.split(' ').map(Number);
  if (ran === undefined || waited === undefined) return undefined;
  const fields = statFields(stat);
  const [state = ''] = fields;
  return {
    ranMs: ran / NS_PER_MS,
    waitedMs: waited / NS_PER_MS,
    isRunnable: state === 'R',
    isStopped: state === 'T',
    startedAt: Number(fields[STARTED_AT] ?? 0),
  };
}

/**
 * Reads the time for which the container had used up its limit. The kernel's own sum is unsuitable, because it counts
 * each processor separately and only when the container may run again.
 *
 * Source: Documentation/scheduler/sched-bwc.rst, `nr_throttled`; cgroup-v2.rst, `cpu.max`.
 */
export function readThrottledMs(folder: string, read = readText): number {
  const [, periods] = /^nr_throttled (\d+)$/m.exec(read(`${folder}/cpu.stat`) ?? '') ?? [];
  if (!Number(periods)) return 0;
  // Only cgroup v1 has a separate file for the period.
  const periodUs = read(`${folder}/cpu.cfs_period_us`) ?? read(`${folder}/cpu.max`)?.split(' ')[1];
  return (Number(periods) * Number(periodUs ?? DEFAULT_PERIOD_US)) / US_PER_MS;
}
