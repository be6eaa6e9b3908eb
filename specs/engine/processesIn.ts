import { withEngineHost } from '../../src/runtime/docker/processes/engineHost';
import type { ProcessFacts } from '../../src/runtime/docker/processes/processFiles';
import type { Run } from '../../src/runtime/docker/run';

/** Returns all processes in a container, commands that the engine runs there included, by pid. */
export async function processesIn(run: Run, id: string): Promise<readonly ProcessFacts[]> {
  const found = await withEngineHost(run, id, (host) => host.processes());
  return found.toSorted((a, b) => a.pid - b.pid);
}
