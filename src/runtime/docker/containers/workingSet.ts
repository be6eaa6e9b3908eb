import type { Docker } from '../engine/docker';

/** Memory statistics of a container. */
interface MemoryStats {
  readonly usage?: number;
  readonly stats?: { readonly inactive_file?: number; readonly total_inactive_file?: number };
}

/**
 * Resolves to the memory of a container without the reclaimable page cache, in bytes, or to undefined if the engine
 * does not report both.
 *
 * Source: cadvisor, container/libcontainer/handler.go `setMemoryStats`, which the kubelet reports as `workingSetBytes`.
 */
export async function readWorkingSet(docker: Docker, id: string): Promise<number | undefined> {
  const { memory_stats } = (await docker.getContainer(id).stats({ stream: false, 'one-shot': true })) as {
    readonly memory_stats?: MemoryStats;
  };
  return computeWorkingSet(memory_stats);
}

/** Returns the working set. cgroup v1 names the sum over all groups `total_inactive_file`, and v2 `inactive_file`. */
export function computeWorkingSet({ usage, stats = {} }: MemoryStats = {}): number | undefined {
  const reclaimable = stats.total_inactive_file ?? stats.inactive_file;
  return usage === undefined || reclaimable === undefined ? undefined : Math.max(0, usage - reclaimable);
}
