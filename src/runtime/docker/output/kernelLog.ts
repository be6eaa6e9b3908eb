import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { KilledProcess } from '../../../timeline/event';

const KERNEL_LOG = '/dev/kmsg';
/** The maximum size of a record. Source: Linux, kernel/printk/printk.c `PRINTKRB_RECORD_MAX`. */
const RECORD_BYTES = 8192;
/** More records than the kernel keeps by default. */
const RECORDS_MAX = 100_000;
const KIBI = 1_024;

/**
 * Returns the process of a container that the kernel killed last at its memory limit, or undefined if the kernel's log
 * is not readable or is another machine's. It takes some milliseconds, by which an exit is delayed.
 */
export function readOOMKill(containerId: string): KilledProcess | undefined {
  return lastOOMKill(readKernelLog(), containerId);
}

/**
 * Returns the process of a container that was killed last.
 *
 * Source: Linux, mm/oom_kill.c `dump_oom_summary`, `__oom_kill_process`.
 */
export function lastOOMKill(records: readonly string[], containerId: string): KilledProcess | undefined {
  const summary = records.findLastIndex((record) => record.includes('oom-kill:') && record.includes(containerId));
  const pid = /\bpid=(\d+)/.exec(records[summary] ?? '')?.[1];
  if (pid === undefined) return undefined;
  const killed = new RegExp(`Killed process ${pid} \\((.*)\\) total-vm:\\d+kB, (.*)`);
  for (const record of records.slice(summary)) {
    const [, name = '', sizes = ''] = killed.exec(record) ?? [];
    if (sizes !== '') return { pid: Number(pid), name, residentBytes: parseResidentBytes(sizes) };
  }
  return undefined;
}

/** Returns the resident memory in a text such as `anon-rss:126312kB, file-rss:4192kB, shmem-rss:0kB`. */
function parseResidentBytes(sizes: string): number {
  const kibi = [...sizes.matchAll(/\b\w+-rss:(\d+)kB/g)].map(([, size]) => Number(size));
  return kibi.reduce((sum, size) => sum + size, 0) * KIBI;
}

/** Returns the records that the kernel keeps, oldest first. Each read returns one. */
function readKernelLog(): readonly string[] {
  const records: string[] = [];
  let log: number | undefined;
  try {
    log = openSync(KERNEL_LOG, constants.O_RDONLY | constants.O_NONBLOCK);
    const buffer = Buffer.alloc(RECORD_BYTES);
    while (records.length < RECORDS_MAX) {
      const bytes = readRecord(log, buffer);
      if (bytes !== undefined) records.push(buffer.toString('utf8', 0, bytes));
    }
  } catch {
    // EAGAIN after the newest record. Without the right to read the log there are no records.
  } finally {
    if (log !== undefined) closeSync(log);
  }
  return records;
}

/** Returns undefined for records that were overwritten since: the next read returns the oldest that is left. */
function readRecord(log: number, buffer: Buffer): number | undefined {
  try {
    return readSync(log, buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return undefined;
    throw error;
  }
}
