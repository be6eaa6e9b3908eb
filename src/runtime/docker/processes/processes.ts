import { RuntimeError } from '../../runtimeError';
import type { Engine } from '../engine/engine';
import type { Run } from '../run';
import { type EngineHost, shortContainerName } from './engineHost';
import type { ProcessFacts } from './processFiles';

/**
 * Returns the processes of a running container: the main one, then its descendants by pid. What the engine runs in the
 * container beside it, a probe for example, is not among them.
 *
 * @throws RuntimeError where the main one is not found, as it is for a container that has just exited.
 */
export async function processesOf({ engine }: Run, id: string, host: EngineHost): Promise<readonly ProcessFacts[]> {
  const all = (await host.processes()).toSorted((a, b) => a.pid - b.pid);
  const main = all.find(({ pid }) => pid === host.mainPid);
  if (main) return [main, ...ownProcesses(main, all, engine.kind).filter((each) => each !== main)];
  throw new RuntimeError(
    shortContainerName(id),
    `its main process (pid ${host.mainPid}) is not found. Check that it still runs`,
  );
}

type Kinship = Pick<ProcessFacts, 'pid' | 'ppid' | 'innerPid'>;

/**
 * Leaves out the processes that the engine started beside `main`, and their children. Docker starts both with one parent,
 * Podman with a parent each. An orphan's parent is the first process of its pid namespace, which may be one of another
 * container.
 */
export function ownProcesses<P extends Kinship>(main: P, all: readonly P[], kind: Engine['kind']): readonly P[] {
  const inside = new Set(all.map(({ pid }) => pid));
  const isOutside = (ppid: number) => kind === 'Podman' && main.innerPid === 1 && !inside.has(ppid);
  const isBeside = ({ ppid }: P) => ppid === main.ppid || isOutside(ppid);
  const foreign = new Set(all.filter((each) => each.pid !== main.pid && isBeside(each)).map(({ pid }) => pid));
  for (let known = -1; known !== foreign.size; ) {
    known = foreign.size;
    for (const { pid, ppid } of all) if (foreign.has(ppid)) foreign.add(pid);
  }
  return all.filter(({ pid }) => !foreign.has(pid));
}
