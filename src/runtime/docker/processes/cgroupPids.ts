import { readdirSync } from 'node:fs';
import { findCgroups } from '../cpu/cgroup';
import { listPids } from '../cpu/container';
import { readText } from '../cpu/readText';

/**
 * Returns the pids of a container by its cgroup, with two reads for any number of processes on the machine. Returns
 * none if the cgroup is not visible.
 *
 * Source: cgroups(7), `cgroup.procs`.
 */
export function pidsOfContainer(containerId: string, mainPid: number, read = readText): readonly number[] {
  const own = findCgroups(containerId, mainPid, read)?.(containerId);
  if (own === undefined) return [];
  // The main process may have moved to a cgroup below that of its container.
  const steps = own.split('/');
  const folder = steps.slice(0, steps.findIndex((step) => step.includes(containerId)) + 1).join('/');
  return pidsBelow(folder);
}

/** Returns the pids in a cgroup and in those below it. */
export function pidsBelow(folder: string): readonly number[] {
  return [...listPids(folder).map(Number), ...listFolders(folder).flatMap((name) => pidsBelow(`${folder}/${name}`))];
}

function listFolders(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}
