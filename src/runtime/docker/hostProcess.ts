import { readdir, readFile } from 'node:fs/promises';
import { type ProcessFacts, parseProcess } from './processFiles';

/** Returns whether that process of this machine belongs to the container: the engine may count its pids on another one. */
export async function isIn(containerId: string, pid: number): Promise<boolean> {
  return (await read(pid, 'cgroup')).includes(containerId);
}

/** Returns the processes of this machine that belong to a container. */
export async function processesHere(containerId: string): Promise<readonly ProcessFacts[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => factsOf(Number(pid), containerId)));
  return found.filter((facts) => facts !== undefined);
}

/** Returns the files that list the TCP sockets in the network of a process. */
export async function socketFilesHere(pid: number): Promise<readonly string[]> {
  return Promise.all([read(pid, 'net/tcp'), read(pid, 'net/tcp6')]);
}

async function factsOf(pid: number, containerId: string): Promise<ProcessFacts | undefined> {
  if (!(await isIn(containerId, pid))) return undefined;
  const [status, cmdline] = await Promise.all([read(pid, 'status'), read(pid, 'cmdline')]);
  return status === '' ? undefined : parseProcess(status, cmdline);
}

/** Empty for a process that is gone. */
function read(pid: number, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
}
