import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Removes the resources of an engine after the process that forked this one disconnects or exits. It runs in a separate
// session, so that Ctrl-C does not reach it.

const CGROUPS = '/sys/fs/cgroup';
const RETRY_MS = 100;
const ATTEMPTS_MAX = 100;

const things = [];
process.on('message', (thing) => things.push({ ...thing, startedAt: startOf(thing.pid) }));
process.once('disconnect', remove);

async function remove() {
  for (const { pid, startedAt } of things) if (pid) await end(pid, startedAt);
  for (const { link } of things) if (link) spawnSync('ip', ['link', 'delete', link]);
  for (const { cgroup } of things) if (cgroup) await removeCgroup(cgroup);
  for (const { folder } of things) if (folder) removeFolder(folder);
}

/**
 * Kills the first process of a pid namespace. The kernel then ends all others in it, with their mounts and networks.
 */
async function end(pid, startedAt) {
  // After its exit, another process may have its pid.
  for (let attempt = 0; attempt < ATTEMPTS_MAX && startedAt && startOf(pid) === startedAt; attempt += 1) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      return;
    }
    await sleep(RETRY_MS);
  }
}

/** Removes a cgroup from the tree of each controller, because cgroup v1 has one tree for each. */
async function removeCgroup(name) {
  const trees = [CGROUPS, ...readdirSync(CGROUPS).map((tree) => path.join(CGROUPS, tree))];
  const found = trees.map((tree) => path.join(tree, name)).filter((folder) => existsSync(folder));
  for (const folder of found) {
    for (let attempt = 0; attempt < ATTEMPTS_MAX && !removeTree(folder); attempt += 1) await sleep(RETRY_MS);
  }
}

/** Returns true if the cgroup was removed. It is an empty folder after its processes have exited. */
function removeTree(folder) {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) removeTree(path.join(folder, entry.name));
    rmdirSync(folder);
    return true;
  } catch {
    return !existsSync(folder);
  }
}

function removeFolder(folder) {
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  for (const mount of mounts.filter((each) => each.startsWith(folder)).reverse()) spawnSync('umount', ['-l', mount]);
  rmSync(folder, { recursive: true, force: true });
}

/** Returns when a process started, in ticks since the boot. Source: proc_pid_stat(5), field 22. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
