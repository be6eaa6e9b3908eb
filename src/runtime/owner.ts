import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { statFields } from './processStat';

/** The process that answers for what a run makes, told apart from any other that ever had its pid. */
export interface Owner {
  /** Which machine: two of them may share one engine. */
  readonly machine: string;
  /** Which boot of it. */
  readonly boot: string;
  /** The namespace in which `pid` counts: a CI job in a container has its own. */
  readonly pidNamespace: string;
  readonly pid: number;
  /** In clock ticks since boot, as /proc/<pid>/stat has it. */
  readonly startedAt: string;
}

export function thisProcess(): Owner {
  return processOf(process.pid);
}

/** The process of this machine that has that pid now. */
export function processOf(pid: number): Owner {
  return { ...here(), pid, startedAt: startOf(pid) ?? '' };
}

/** True only where it is certain; the owner may live on another machine or in another pid namespace. */
export function isDead(owner: Owner): boolean {
  const { machine, boot, pidNamespace } = here();
  if (owner.machine !== machine) return false;
  if (owner.boot !== boot) return true;
  return owner.pidNamespace === pidNamespace && !isAlive(owner);
}

function isAlive(owner: Owner): boolean {
  const startedAt = startOf(owner.pid);
  if (startedAt !== undefined) return startedAt === owner.startedAt;
  // A machine without /proc says only whether some process has that pid.
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
 * When the process that has this pid was started; undefined where there is none, or only what its parent has not yet
 * taken note of.
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
