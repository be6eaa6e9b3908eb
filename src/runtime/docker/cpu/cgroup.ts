import { readText } from './readText';

const MOUNT = '/sys/fs/cgroup';

/** Returns the folder of a container's cgroup, by the container's id. */
export type CgroupOf = (id: string) => string;

/**
 * Finds the cgroups of a pod's containers by the cgroup of its sandbox, which the engine puts beside them. Returns
 * undefined if the sandbox's main process is not on this machine, because the engine is elsewhere or in a virtual
 * machine.
 *
 * Source: proc_pid_cgroup(5).
 */
export function findCgroups(sandboxId: string, pid: number, read = readText): CgroupOf | undefined {
  const text = read(`/proc/${pid}/cgroup`) ?? '';
  const entries = text.split('\n').map((line) => {
    const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    return { controllers, path };
  });
  const own = entries.filter(({ path }) => path.includes(sandboxId));
  // cgroup v1 has a separate hierarchy for the CPU. The hierarchy of v2 has no name.
  const found = own.find(({ controllers }) => controllers.split(',').includes('cpu')) ?? own.find(isUnified);
  if (!found) return undefined;
  const { controllers, path } = found;
  return (id) => [MOUNT, controllers, path.replace(sandboxId, id)].join('/').replace(/\/+/g, '/');
}

function isUnified({ controllers }: { readonly controllers: string }): boolean {
  return controllers === '';
}
