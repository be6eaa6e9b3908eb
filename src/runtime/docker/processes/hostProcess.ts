import { readdir, readFile } from 'node:fs/promises';
import { statFields } from '../../processStat';
import { readText } from '../cpu/readText';
import { pidsOfContainer } from './cgroupPids';
import { type ProcessFacts, parseProcess } from './processFiles';

/**
 * Returns true if the process of this machine with that pid belongs to the container. The engine may count its pids on
 * another machine.
 */
export async function belongsToContainer(containerId: string, pid: number): Promise<boolean> {
  return (await read(pid, 'cgroup')).includes(containerId);
}

/** Returns the processes of this machine that belong to the container with that main process, zombies included. */
export async function processesHere(containerId: string, mainPid: number): Promise<readonly ProcessFacts[]> {
  const known = pidsOfContainer(containerId, mainPid);
  const others = (await allPids()).filter(known.length > 0 ? isZombie : () => true);
  const pids = new Set([...known, ...(await ofContainer(containerId, others))]);
  const found = await Promise.all([...pids].map(readFacts));
  return found.filter((facts) => facts !== undefined);
}

async function allPids(): Promise<readonly number[]> {
  return (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
}

/**
 * Returns true for a zombie. It is not in the list of its cgroup, but its own file still names the cgroup.
 *
 * Source: Documentation/admin-guide/cgroup-v2.rst, "Processes".
 */
function isZombie(pid: number): boolean {
  const [state] = statFields(readText(`/proc/${pid}/stat`) ?? '');
  return state === 'Z';
}

async function ofContainer(containerId: string, pids: readonly number[]): Promise<readonly number[]> {
  const areIn = await Promise.all(pids.map((pid) => belongsToContainer(containerId, pid)));
  return pids.filter((_, index) => areIn[index]);
}

/** Returns the files that list the TCP sockets in the network of a process. */
export async function socketFilesHere(pid: number): Promise<readonly string[]> {
  return Promise.all([read(pid, 'net/tcp'), read(pid, 'net/tcp6')]);
}

async function readFacts(pid: number): Promise<ProcessFacts | undefined> {
  const [status, cmdline] = await Promise.all([read(pid, 'status'), read(pid, 'cmdline')]);
  return status === '' ? undefined : parseProcess(status, cmdline);
}

/** Returns the content of a process's file, or nothing if the process has exited. */
function read(pid: number, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
}
