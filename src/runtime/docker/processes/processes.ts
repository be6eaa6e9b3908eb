import { RuntimeError } from '../../runtimeError';
import { type EngineHost, shortContainerName } from './engineHost';
import type { ProcessFacts } from './processFiles';

/**
 * Returns the processes of a running container: the main one, then its descendants by pid. What the engine runs in the
 * container beside it, a probe for example, is not among them.
 *
 * @throws RuntimeError where the main one is not found, as it is for a container that has just exited.
 */
export async function processesOf(id: string, host: EngineHost): Promise<readonly ProcessFacts[]> {
  const before = await host.processes();
  // A list is no moment's: of two, the second tells those that the engine started from those whose parent was ending.
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

/** runc, from its start in the container until it has become the program that it was told to run. Source: runc, init.go. */
const STARTING = /(^|\/)runc init$/;

/**
 * Leaves out the processes that the engine started beside `main`, and their children. One of those has its parent outside
 * of the container: that of the main one, a parent of its own on Podman, and that is `runc exec` on Docker while it
 * starts. Stopped then, it would make the engine wait for it, and with it everybody who asks for the container.
 *
 * An orphan's parent is the first process of its pid namespace, which may be one of another container: there only its
 * program tells a process that starts. A parent that ends while they are listed is missing too, but not in `before`, an
 * earlier list.
 */
export function ownProcesses<P extends Kinship>(main: P, all: readonly P[], before: readonly P[] = all): readonly P[] {
  const isOutside = outsideOf(all);
  const parentedOutside = new Map(before.filter(outsideOf(before)).map(({ pid, ppid }) => [pid, ppid]));
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

/** Tells the processes whose parent is none of the list. */
function outsideOf(all: readonly Kinship[]): (process: Kinship) => boolean {
  const listed = new Set(all.map(({ pid }) => pid));
  return ({ ppid }) => !listed.has(ppid);
}

function hasUnknownParents(all: readonly Kinship[], mainPid: number): boolean {
  const parent = all.find(({ pid }) => pid === mainPid)?.ppid;
  return all.filter(outsideOf(all)).some(({ ppid }) => ppid !== parent);
}
