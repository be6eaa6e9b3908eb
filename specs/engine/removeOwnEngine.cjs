// Removes a separate engine in any state: its processes, its mounts, its bridge and its folder. It starts
// when the process that forked it disconnects or exits, and its argument describes the engine.
const { spawnSync } = require('node:child_process');
const { readdirSync, readFileSync, rmSync } = require('node:fs');

/** @param {{ home: string, bridge?: string, isElsewhere?: boolean, ip?: string }} place */
function removeOwnEngine({ home, bridge, isElsewhere = false, ip = 'ip' }) {
  for (const pid of processesOf(home)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It exited together with another one.
    }
  }
  // A killed daemon leaves mounts.
  for (const mount of mountsUnder(home)) spawnSync('umount', ['-l', mount]);
  if (bridge) spawnSync(ip, ['link', 'delete', bridge]);
  if (bridge && isElsewhere) spawnSync(ip, ['netns', 'delete', bridge]);
  rmSync(home, { recursive: true, force: true });
}

function mountsUnder(folder) {
  return readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((mount) => mount.startsWith(folder))
    .reverse();
}

/** Returns the processes whose command line contains the folder, and their descendants. */
function processesOf(folder) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((name) => ({ pid: Number(name), args: contentOf(`/proc/${name}/cmdline`), parent: parentOf(name) }));
  const isCaretaker = ({ args }) => args.includes(__filename);
  const meant = new Set(all.filter((each) => each.args.includes(folder) && !isCaretaker(each)).map(({ pid }) => pid));
  for (const before = { size: -1 }; before.size !== meant.size; ) {
    before.size = meant.size;
    for (const { pid, parent } of all) if (meant.has(parent)) meant.add(pid);
  }
  return [...meant];
}

/** Source: proc_pid_stat(5), field 4; the second field may itself hold spaces and parentheses. */
function parentOf(pid) {
  const stat = contentOf(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function contentOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const remove = () => removeOwnEngine(JSON.parse(process.argv[2]));
if (process.connected) process.once('disconnect', remove);
else remove();
