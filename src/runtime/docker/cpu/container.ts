import { readdirSync } from 'node:fs';
import { statFields } from '../../processStat';
import { readText } from './readText';

/** Of a container with more threads than that, the rest is not looked at. */
const THREADS_MAX = 100;
const NS_PER_MS = 1_000_000;
const US_PER_MS = 1_000;
const DEFAULT_PERIOD_US = 100_000;
/** The place of `starttime` among the fields of a thread's `stat`, from its state on. */
const STARTED_AT = 19;

/** A thread of a container, and what it has had of the processors since it began. */
export interface ThreadReading {
  readonly ranMs: number;
  /** For how long it could have run and did not get to it, as far as such a wait is over. */
  readonly waitedMs: number;
  /** Whether it runs, or could. */
  readonly isRunnable: boolean;
  /** Whether a signal has stopped it. */
  readonly isStopped: boolean;
  /** In ticks since the machine was started. */
  readonly startedAt: number;
}

/** What a container has had of the machine's processors. */
export interface ContainerReading {
  /** By `pid/tid`. */
  readonly threads: ReadonlyMap<string, ThreadReading>;
  /**
   * The periods in which it has used up all that its own limit gives it, in milliseconds. It cannot have got more in them,
   * however long it waited.
   */
  readonly throttledMs: number;
  /** Whether its main process is stopped. */
  readonly isFrozen: boolean;
}

/**
 * Reads what the processes in a cgroup have had of the processors, those included that the engine runs beside the main
 * one. Undefined where that cannot be seen, or there are none any more.
 *
 * Source: Documentation/scheduler/sched-stats.rst, `/proc/<pid>/schedstat`; cgroup-v2.rst, `cpu.stat`.
 */
export function readContainer(folder: string): ContainerReading | undefined {
  const threads = new Map<string, ThreadReading>();
  for (const pid of pidsIn(folder)) {
    for (const tid of threadsOf(pid)) {
      if (threads.size === THREADS_MAX) break;
      const thread = readThread(`/proc/${pid}/task/${tid}`);
      if (thread) threads.set(`${pid}/${tid}`, thread);
    }
  }
  const [main] = [...threads.values()].toSorted((one, other) => one.startedAt - other.startedAt);
  return main && { threads, throttledMs: readThrottledMs(folder), isFrozen: main.isStopped };
}

/** Returns the processes in a cgroup. One of another pid namespace has no number here. */
export function pidsIn(folder: string): readonly string[] {
  return (readText(`${folder}/cgroup.procs`) ?? '').split('\n').filter((pid) => Number(pid) > 0);
}

function threadsOf(pid: string): readonly string[] {
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
 * Reads the time that its limit was used up. The kernel's own sum of that is of no use: it counts each processor apart, and
 * only when the container may run again.
 *
 * Source: Documentation/scheduler/sched-bwc.rst, `nr_throttled`; cgroup-v2.rst, `cpu.max`.
 */
export function readThrottledMs(folder: string, read = readText): number {
  const [, periods] = /^nr_throttled (\d+)$/m.exec(read(`${folder}/cpu.stat`) ?? '') ?? [];
  if (!Number(periods)) return 0;
  // Only cgroup v1 has a file for the period alone.
  const periodUs = read(`${folder}/cpu.cfs_period_us`) ?? read(`${folder}/cpu.max`)?.split(' ')[1];
  return (Number(periods) * Number(periodUs ?? DEFAULT_PERIOD_US)) / US_PER_MS;
}
