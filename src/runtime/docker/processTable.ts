import type { ContainerProcess } from '../../timeline/event';
import type { Docker } from './engine';
import { ownProcesses } from './processes';

const COLUMNS = ['PID', 'PPID', 'BLOCKED', 'IGNORED', 'CAUGHT', 'COMMAND'] as const;
/** Of a container that forks without end. */
const MAX_PROCESSES = 100;

/** By number, from 1. Source: signal(7), of x86 and ARM. */
const SIGNALS = [
  ...['HUP', 'INT', 'QUIT', 'ILL', 'TRAP', 'ABRT', 'BUS', 'FPE', 'KILL', 'USR1', 'SEGV', 'USR2', 'PIPE', 'ALRM'],
  ...['TERM', 'STKFLT', 'CHLD', 'CONT', 'STOP', 'TSTP', 'TTIN', 'TTOU', 'URG', 'XCPU', 'XFSZ', 'VTALRM', 'PROF'],
  ...['WINCH', 'IO', 'PWR', 'SYS'],
];
/** The two before it are the C library's own. */
const SIGRTMIN = 34;
const SIGNAL_MAX = 64;

interface Top {
  readonly Titles: readonly string[];
  readonly Processes: readonly (readonly string[])[] | null;
}

/**
 * The processes of a container as `ps` on the engine's machine shows them, the main one first; undefined where that one
 * knows nothing of signals. Rejects, as the engine does, for a container that does not run.
 */
export async function processTableOf(docker: Docker, id: string): Promise<readonly ContainerProcess[] | undefined> {
  const container = docker.getContainer(id);
  const [{ State }, top] = await Promise.all([
    container.inspect(),
    container.top({ ps_args: '-o pid,ppid,blocked,ignored,caught,args' }),
  ]);
  return tableOf(State.Pid, top as Top);
}

export function tableOf(main: number, { Titles, Processes }: Top): readonly ContainerProcess[] | undefined {
  const places = COLUMNS.map((title) => Titles.indexOf(title));
  if (places.includes(-1)) return undefined;
  const all = (Processes ?? []).map((row): ContainerProcess => {
    const [pid, ppid, blocked, ignored, caught, args = ''] = places.map((place) => row[place]);
    return {
      pid: Number(pid),
      ppid: Number(ppid),
      args,
      catches: signalsIn(caught),
      ignores: signalsIn(ignored),
      blocks: signalsIn(blocked),
    };
  });
  const own = ownProcesses(main, all);
  return all
    .filter(({ pid }) => own.includes(pid))
    .sort((a, b) => Number(b.pid === main) - Number(a.pid === main))
    .slice(0, MAX_PROCESSES);
}

/** The names of the signals in a set, which is a hexadecimal number: bit 0 is signal 1. */
export function signalsIn(set = '0'): readonly string[] {
  const bits = BigInt(`0x${set}`);
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
