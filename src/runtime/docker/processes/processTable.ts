import type { ContainerProcess } from '../../../timeline/event';
import type { Run } from '../run';
import { withEngineHost } from './engineHost';
import { listProcesses } from './processes';
import type { ProcessFacts } from './processFiles';

/** The limit for a container that forks endlessly. */
const MAX_PROCESSES = 100;

/** Names by number, from 1. Source: signal(7), of x86 and ARM. */
const SIGNALS = [
  ...['HUP', 'INT', 'QUIT', 'ILL', 'TRAP', 'ABRT', 'BUS', 'FPE', 'KILL', 'USR1', 'SEGV', 'USR2', 'PIPE', 'ALRM'],
  ...['TERM', 'STKFLT', 'CHLD', 'CONT', 'STOP', 'TSTP', 'TTIN', 'TTOU', 'URG', 'XCPU', 'XFSZ', 'VTALRM', 'PROF'],
  ...['WINCH', 'IO', 'PWR', 'SYS'],
];
/** The C library uses the two signals before it. */
const SIGRTMIN = 34;
const SIGNAL_MAX = 64;

/**
 * Returns the processes of a container, the main one first, each with the signals that it handles.
 *
 * @throws RuntimeError if the container does not run.
 */
export async function readProcessTable(run: Run, id: string): Promise<readonly ContainerProcess[]> {
  return toProcessTable(await withEngineHost(run, id, (host) => listProcesses(id, host)));
}

export function toProcessTable(processes: readonly ProcessFacts[]): readonly ContainerProcess[] {
  return processes.slice(0, MAX_PROCESSES).map(({ pid, ppid, args, blocked, ignored, caught, session, state }) => ({
    pid,
    ppid,
    args,
    catches: parseSignals(caught),
    ignores: parseSignals(ignored),
    blocks: parseSignals(blocked),
    session,
    ...(state === 'Z' && { isZombie: true }),
  }));
}

/** Returns the names of the signals in a set, which is a hexadecimal number: bit 0 is signal 1. */
export function parseSignals(set: string): readonly string[] {
  const bits = BigInt(`0x${set || '0'}`);
  const names: string[] = [];
  for (let signal = 1; signal <= SIGNAL_MAX; signal += 1) {
    const name = nameOf(signal);
    if (name !== undefined && (bits >> BigInt(signal - 1)) & 1n) names.push(name);
  }
  return names;
}

function nameOf(signal: number): string | undefined {
  if (signal < SIGRTMIN) return SIGNALS[signal - 1] && `SIG${SIGNALS[signal - 1]}`;
  return signal === SIGRTMIN ? 'SIGRTMIN' : `SIGRTMIN+${signal - SIGRTMIN}`;
}
