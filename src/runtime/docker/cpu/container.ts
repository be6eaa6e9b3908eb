import { readdirSync } from 'node:fs';
import { readText } from './readText';

/** Of a container with more threads than that, the rest is not looked at. */
const THREADS_MAX = 100;
const NS_PER_MS = 1_000_000;
const US_PER_MS = 1_000;

/** A thread of a container, and what it has had of the processors since it began. */
export interface ThreadReading {
  readonly ranMs: number;
  /** For how long it could have run and did not get to it, as far as such a wait is over. */
  readonly waitedMs: number;
  /** Whether it runs, or could. */
  readonly isRunnable: boolean;
}

/** What a container has had of the machine's processors. */
export interface ContainerReading {
  /** By `pid/tid`. */
  readonly threads: ReadonlyMap<string, ThreadReading>;
  /** For how long its own limit has kept it from running. */
  readonly throttledMs: number;
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
  if (threads.size === 0) return undefined;
  return { threads, throttledMs: parseThrottledMs(readText(`${folder}/cpu.stat`) ?? '') };
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

/** The name of its program stands before the state, in parentheses, and may hold any character. */
export function parseThread(schedstat: string, stat: string): ThreadReading | undefined {
  const [ran, waited] = schedstat.split(' ').map(Number);
  if (ran === undefined || waited === undefined) return undefined;
  const isRunnable = stat.slice(stat.lastIndexOf(')') + 2).startsWith('R');
  return { ranMs: ran / NS_PER_MS, waitedMs: waited / NS_PER_MS, isRunnable };
}

/** `throttled_time` of cgroup v1 is in nanoseconds, `throttled_usec` of v2 in microseconds. */
export function parseThrottledMs(stat: string): number {
  const value = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(stat)?.[1] ?? 0);
  return value('throttled_time') / NS_PER_MS + value('throttled_usec') / US_PER_MS;
}
