import { readText } from './readText';

const JIFFY_MS = 10;

/** The work of all processors of the machine since it booted. */
export interface MachineReading {
  /** The time in which its processors ran a process, summed over the processors. */
  readonly busyMs: number;
  readonly processors: number;
  /** The time in which at least one process waited for a processor, or undefined if the kernel does not count it. */
  readonly pressureMs: number | undefined;
}

/**
 * Reads the work of this machine's processors. Returns undefined if there is no /proc.
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
