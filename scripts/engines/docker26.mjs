import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { run } from '../setup/command.mjs';
import { SetupError } from '../setup/say.mjs';
import { answering } from './answering.mjs';
import { copyImages } from './copyImages.mjs';
import { debianRoot } from './debianRoot.mjs';

const MACHINE = fileURLToPath(new URL('docker26.sh', import.meta.url));
const NAMESPACES = ['--mount', '--pid', '--net', '--uts', '--ipc', '--fork', '--kill-child', '--propagation=private'];
const ANSWERS_MS = 60_000;
const ENDS_MS = 20_000;

/** Docker 26 of Debian 13 on the kernel of this machine: processes, mounts and network of its own, reached by TCP. */
export const docker26 = {
  name: 'docker26',
  async start({ place, machine }) {
    const engine = await startDocker26(place);
    await copyImages(machine, engine);
    return engine;
  },
};

/** Starts it without images. Its data root is `data` in the folder of the place. */
export async function startDocker26(place) {
  if (process.getuid?.() !== 0) throw new SetupError('docker26 needs root', 'Run this command as root');
  const root = debianRoot(place);
  const name = path.basename(place.folder);
  // One of 250 networks of four addresses, and the network of its pods.
  const net = process.pid % 250;
  const [here, there, pods] = [`10.215.${net}.1`, `10.215.${net}.2`, `10.216.${net}.1/24`];
  const file = path.join(place.folder, 'log');
  const log = openSync(file, 'a');
  const args = [...NAMESPACES, 'sh', MACHINE, root, place.folder, there, pods, name];
  const daemon = spawn('unshare', args, { detached: true, stdio: ['pipe', log, log] });
  closeSync(log);
  daemon.stdin.on('error', () => {});
  place.owns({ pid: daemon.pid });
  place.owns({ cgroup: name });
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  await cable(place, daemon, here);
  // The route goes with the cable. Dialing a pod directly works by it, though nothing here takes the pod to be near.
  run('ip', ['route', 'add', `10.216.${net}.0/24`, 'via', there]);
  const host = `tcp://${there}:2375`;
  await answering(
    host,
    ANSWERS_MS,
    () => daemon.exitCode === null,
    () => readFileSync(file, 'utf8'),
  );
  return {
    host,
    /** Ends dockerd as an init system does, and with it all that ran there. */
    async stop() {
      daemon.stdin.end();
      await Promise.race([ended, sleep(ENDS_MS, undefined, { ref: false })]);
    },
  };
}

/** Lays a cable to the network namespace of the daemon, once it has one of its own. */
async function cable(place, { pid }, address) {
  while (!existsSync(path.join(place.folder, 'waits'))) await sleep(20);
  const link = `jke${process.pid}`.slice(0, 15);
  place.owns({ link });
  run('ip', ['link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid)]);
  run('ip', ['address', 'add', `${address}/30`, 'dev', link]);
  run('ip', ['link', 'set', link, 'up']);
}
