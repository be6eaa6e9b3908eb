import { readFile } from 'node:fs/promises';

/** Whether that process of this machine belongs to the container: the engine may count its pids on another one. */
export async function isIn(containerId: string, pid: number): Promise<boolean> {
  const cgroups = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
  return cgroups.includes(containerId);
}
