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
import { networkFor, takeIntoUse } from './network.mjs';

const MACHINE = fileURLToPath(new URL('docker26.sh', import.meta.url));
const NAMESPACES = ['--mount', '--pid', '--net', '--uts', '--ipc', '--fork', '--kill-child', '--propagation=private'];
const ANSWERS_MS = 60_000;
const ENDS_MS = 20_000;

/**
 * Docker 26 of Debian 13 on the kernel of this machine, with its own processes, mounts and network. It is reached by
 * TCP.
 */
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
  const network = networkFor(process.pid);
  const file = path.join(place.folder, 'log');
  const output = openSync(file, 'a');
  const args = [...NAMESPACES, 'sh', MACHINE, root, place.folder, network.there, network.pods, name];
  const daemon = spawn('unshare', args, { detached: true, stdio: ['pipe', output, output] });
  closeSync(output);
  daemon.stdin.on('error', () => {});
  place.owns({ pid: daemon.pid });
  place.owns({ cgroup: name });
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  await cable(place, daemon, network);
  const host = `tcp://${network.there}:2375`;
  const isAlive = () => daemon.exitCode === null && daemon.signalCode === null;
  const log = () => readFileSync(file, 'utf8');
  await answering(host, ANSWERS_MS, isAlive, log);
  return {
    ...{ host, isAlive, log },
    /** Ends dockerd as an init system does, and with it all that ran there. */
    async stop() {
      daemon.stdin.end();
      await Promise.race([ended, sleep(ENDS_MS, undefined, { ref: false })]);
    },
  };
}

/** Connects a link to the network namespace of the daemon when the namespace exists. */
async function cable(place, daemon, network) {
  while (daemon.exitCode === null && !existsSync(path.join(place.folder, 'waits'))) await sleep(20);
  place.owns({ link: network.link });
  run('ip', ['link', 'add', network.link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(daemon.pid)]);
  takeIntoUse(network);
}
