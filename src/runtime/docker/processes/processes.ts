import { RuntimeError } from '../../runtimeError';
import { type EngineHost, shortContainerName } from './engineHost';
import type { ProcessFacts } from './processFiles';

/**
 * Returns the processes of a running container: the main one, then its descendants by pid. Processes that the engine
 * runs beside it, such as an exec probe, are left out.
 *
 * @throws RuntimeError if the main process is not found, for example in a container that has just exited.
 */
export async function listProcesses(id: string, host: EngineHost): Promise<readonly ProcessFacts[]> {
  const before = await host.processes();
  // A list does not show one moment: the second list distinguishes processes that the engine started from processes
  // whose parent was exiting.
  const all = hasUnknownParents(before, host.mainPid) ? await host.processes() : before;
  const sorted = all.toSorted((a, b) => a.pid - b.pid);
  const main = sorted.find(({ pid }) => pid === host.mainPid);
  if (main) return [main, ...ownProcesses(main, sorted, before).filter((each) => each !== main)];
  throw new RuntimeError(
    shortContainerName(id),
    `its main process (pid ${host.mainPid}) is not found. Check that it still runs`,
  );
}

type Kinship = Pick<ProcessFacts, 'pid' | 'ppid' | 'innerPid' | 'args'>;

/** The command of runc in the container, until it has become the requested program. Source: runc, init.go. */
const STARTING = /(^|\/)runc init$/;

/**
 * Leaves out the processes that the engine started beside `main`, and their children: if a starting one were stopped,
 * the engine would wait for it and block every request for the container. The parent of such a process is outside of
 * the container: the parent of the main process, a separate one on Podman, or `runc exec` while the process starts on
 * Docker.
 */
export function ownProcesses<P extends Kinship>(main: P, all: readonly P[], before: readonly P[] = all): readonly P[] {
  const isOutside = outsideOf(all);
  const parentedOutside = new Map(before.filter(outsideOf(before)).map(({ pid, ppid }) => [pid, ppid]));
  // An orphan's parent is the first process of its pid namespace, which may belong to another container, so there only
  // the program identifies a starting process. `before`, an earlier list, still has a parent that exited since.
  const isForeign = (each: P) => main.innerPid === 1 && parentedOutside.get(each.pid) === each.ppid;
  const isBeside = (each: P) =>
    each.ppid === main.ppid || (isOutside(each) && (STARTING.test(each.args) || isForeign(each)));
  const foreign = new Set(all.filter((each) => each.pid !== main.pid && isBeside(each)).map(({ pid }) => pid));
  for (let known = -1; known !== foreign.size; ) {
    known = foreign.size;
    for (const { pid, ppid } of all) if (foreign.has(ppid)) foreign.add(pid);
  }
  return all.filter(({ pid }) => !foreign.has(pid));
}

/** Returns a test for the processes whose parent is not in the list. */
function outsideOf(all: readonly Kinship[]): (process: Kinship) => boolean {
  const listed = new Set(all.map(({ pid }) => pid));
  return ({ ppid }) => !listed.has(ppid);
}

function hasUnknownParents(all: readonly Kinship[], mainPid: number): boolean {
  const parent = all.find(({ pid }) => pid === mainPid)?.ppid;
  return all.filter(outsideOf(all)).some(({ ppid }) => ppid !== parent);
}
