import { RuntimeError } from '../runtimeError';
import type { Engine } from './engine';

/** What runs in a container, by pids on the engine's host. */
export interface Processes {
  /** The main one. */
  readonly main: number;
  /**
   * That one and what it has brought forth. What somebody had the engine run in the container beside it, a probe say, is
   * not among them.
   */
  readonly own: readonly number[];
  /** Of each the letter ps has for its state; none where the engine's ps tells none. Source: ps(1), `stat`. */
  readonly states: ReadonlyMap<number, string>;
}

/** Rejects, as the engine does, for a container that does not run. */
export async function processesOf({ docker, kind }: Engine, id: string): Promise<Processes> {
  const container = docker.getContainer(id);
  // Podman runs the container's own ps, or none, where it is given options; by names it tells the pids of its host too.
  const ps_args = kind === 'Podman' ? 'hpid,pid,ppid,state' : '-o pid,ppid,stat';
  const [{ State }, top] = await Promise.all([container.inspect(), container.top({ ps_args })]);
  const all = parsed(top as Top);
  const main = all.find(({ hostPid }) => hostPid === State.Pid);
  if (!main || all.some(({ hostPid }) => !Number.isInteger(hostPid)))
    throw new RuntimeError('container engine', `does not tell the pids of container ${id.slice(0, 12)}`);
  const states = new Map(all.map(({ hostPid, state }) => [hostPid, state]));
  return { main: main.hostPid, own: ownProcesses(main.pid, all), states };
}

interface Top {
  readonly Titles: readonly string[];
  readonly Processes: readonly (readonly string[])[] | null;
}

/** `pid` and `ppid` are of one pid namespace, whichever; without a `hostPid` it is the host's. */
interface Process {
  readonly pid: number;
  readonly ppid: number;
  readonly hostPid?: number;
}

interface Found extends Required<Process> {
  readonly state: string;
}

function parsed({ Titles, Processes }: Top): readonly Found[] {
  const [pid, ppid] = [Titles.indexOf('PID'), Titles.indexOf('PPID')];
  const hostPid = Titles.includes('HPID') ? Titles.indexOf('HPID') : pid;
  const state = Titles.findIndex((title) => title.startsWith('STAT'));
  return (Processes ?? []).map((row) => ({
    hostPid: Number(row[hostPid]),
    pid: Number(row[pid]),
    ppid: Number(row[ppid]),
    state: row[state]?.charAt(0) ?? '',
  }));
}

/**
 * Without those that the engine started beside `main`, and their children: they have the same parent as `main`, which is
 * none of the container's processes. An orphan's parent is the first process of its pid namespace, which may be one of
 * another container.
 */
export function ownProcesses(main: number, all: readonly Process[]): readonly number[] {
  const shim = all.find(({ pid }) => pid === main)?.ppid;
  const foreign = new Set(all.filter(({ pid, ppid }) => pid !== main && ppid === shim).map(({ pid }) => pid));
  for (let known = -1; known !== foreign.size; ) {
    known = foreign.size;
    for (const { pid, ppid } of all) if (foreign.has(ppid)) foreign.add(pid);
  }
  return all.flatMap(({ pid, hostPid = pid }) => (foreign.has(pid) ? [] : [hostPid]));
}
