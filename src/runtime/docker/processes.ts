import type { Docker } from './engine';

/** What runs in a container, by pids on the engine's host. */
export interface Processes {
  /** The main one. */
  readonly main: number;
  /**
   * That one and what it has brought forth. What somebody had the engine run in the container beside it, a probe say, is
   * not among them.
   */
  readonly own: readonly number[];
}

/** Rejects, as the engine does, for a container that does not run. */
export async function processesOf(docker: Docker, id: string): Promise<Processes> {
  const container = docker.getContainer(id);
  const [{ State }, top] = await Promise.all([container.inspect(), container.top({ ps_args: '-o pid,ppid' })]);
  return { main: State.Pid, own: ownProcesses(State.Pid, parsed(top as Top)) };
}

interface Top {
  readonly Titles: readonly string[];
  readonly Processes: readonly (readonly string[])[] | null;
}

interface Process {
  readonly pid: number;
  readonly ppid: number;
}

function parsed({ Titles, Processes }: Top): readonly Process[] {
  const [pid, ppid] = [Titles.indexOf('PID'), Titles.indexOf('PPID')];
  return (Processes ?? []).map((row) => ({ pid: Number(row[pid]), ppid: Number(row[ppid]) }));
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
  return all.flatMap(({ pid }) => (foreign.has(pid) ? [] : [pid]));
}
