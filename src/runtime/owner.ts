import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { statFields } from './processStat';

/**
 * The process that is responsible for everything that a run creates. It is distinct from any other process that ever
 * had its pid.
 */
export interface Owner {
  /** The machine: two machines may share one engine. */
  readonly machine: string;
  /** The boot of the machine. */
  readonly boot: string;
  /** The namespace of `pid`: a CI job in a container has its own. */
  readonly pidNamespace: string;
  readonly pid: number;
  /** The start in clock ticks since boot, in the format of /proc/<pid>/stat. */
  readonly startedAt: string;
}

export function thisProcess(): Owner {
  return identifyProcess(process.pid);
}

/** Returns the process of this machine that has that pid now. */
export function identifyProcess(pid: number): Owner {
  return { ...here(), pid, startedAt: startOf(pid) ?? '' };
}

/** Returns true only if it is certain. The owner may live on another machine or in another pid namespace. */
export function isDead(owner: Owner): boolean {
  const { machine, boot, pidNamespace } = here();
  if (owner.machine !== machine) return false;
  if (owner.boot !== boot) return true;
  return owner.pidNamespace === pidNamespace && !isAlive(owner);
}

function isAlive(owner: Owner): boolean {
  const startedAt = startOf(owner.pid);
  if (startedAt !== undefined) return startedAt === owner.startedAt;
  // A machine without /proc only reports whether some process has that pid.
  return owner.startedAt === '' && takesSignals(owner.pid);
}

function here(): Omit<Owner, 'pid' | 'startedAt'> {
  return {
    machine: `${hostname()} ${contentOf('/etc/machine-id')}`.trim(),
    boot: contentOf('/proc/sys/kernel/random/boot_id'),
    pidNamespace: linkOf('/proc/self/ns/pid'),
  };
}

/**
 * Returns the start of the process that has this pid, or undefined if there is none or its parent has not yet waited
 * for it.
 *
 * Source: proc_pid_stat(5), fields 3 (state) and 22 (starttime).
 */
function startOf(pid: number): string | undefined {
  const fields = statFields(contentOf(`/proc/${pid}/stat`));
  return /[ZX]/.test(fields[0] ?? '') ? undefined : fields[22 - 3];
}

function takesSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
