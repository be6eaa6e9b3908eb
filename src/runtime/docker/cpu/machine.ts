import { readText } from './readText';

const JIFFY_MS = 10;

/** What the whole machine did with its processors since it was started. */
export interface MachineReading {
  /** Time that its processors ran something, summed over them. */
  readonly busyMs: number;
  readonly processors: number;
  /** Time that at least one process of it waited for one; undefined where the kernel does not count that. */
  readonly pressureMs: number | undefined;
}

/**
 * Reads what this machine did with its processors; undefined where there is no /proc.
 *
 * Source: proc_stat(5), `cpu`; Documentation/accounting/psi.rst, `cpu`.
 */
export function readMachine(): MachineReading | undefined {
  const stat = readText('/proc/stat');
  return stat === undefined ? undefined : parseMachine(stat, readText('/proc/pressure/cpu'));
}

export function parseMachine(stat: string, pressure: string | undefined): MachineReading {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (stat.split('\n', 1)[0] ?? '')
    .split(/\s+/)
    .map(Number);
  const [, total] = /^some .*total=(\d+)/m.exec(pressure ?? '') ?? [];
  return {
    busyMs: (user + nice + system + irq + softirq + steal) * JIFFY_MS,
    processors: stat.match(/^cpu\d/gm)?.length ?? 1,
    pressureMs: total === undefined ? undefined : Number(total) / 1_000,
  };
}
