import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { run } from '../setup/command.mjs';
import { say } from '../setup/say.mjs';
import { answering } from './answering.mjs';
import { cachePath } from './cache.mjs';
import { copyImages, imagesOn } from './copyImages.mjs';
import { debianRoot } from './debianRoot.mjs';
import { startDocker26 } from './docker26.mjs';
import { networkFor, takeIntoUse } from './network.mjs';
import { Place } from './place.mjs';

const KERNEL = fileURLToPath(new URL('guestKernel.sh', import.meta.url));
const GUEST = fileURLToPath(new URL('docker26-v2.sh', import.meta.url));
const NAMESPACES = ['--mount', '--pid', '--ipc', '--fork', '--kill-child', '--propagation=private'];
const PREFIX = 'docker26-v2-';
const DISK = '6G';
const MEMORY_MB = 3_072;
const ANSWERS_MS = 300_000;
/** The guest and its processes run by turns: on one core a container takes half the time that it takes on two. */
const CORE = String(availableParallelism() - 1);

/**
 * Docker 26 of Debian 13 on its own kernel with only cgroup v2: Linux as a process of this machine, which needs no
 * virtualization. It is reached by TCP.
 */
export const docker26v2 = {
  name: 'docker26-v2',
  async start({ place, machine }) {
    const root = debianRoot(place);
    const disk = await diskWith(machine, root, place);
    const network = networkFor(process.pid);
    place.owns({ link: network.link });
    run('ip', ['tuntap', 'add', network.link, 'mode', 'tap']);
    takeIntoUse(network);
    say(`boots ${path.basename(disk)} in user-mode Linux`);
    const file = path.join(place.folder, 'log');
    const output = openSync(file, 'a');
    const given = `init=/${GUEST_INIT} address=${network.there} gateway=${network.here} pods=${network.pods}`;
    const args = [
      'taskset',
      '-c',
      CORE,
      'sh',
      KERNEL,
      root,
      place.folder,
      disk,
      network.link,
      String(MEMORY_MB),
      given,
    ];
    const guest = spawn('unshare', [...NAMESPACES, ...args], { detached: true, stdio: ['ignore', output, output] });
    closeSync(output);
    place.owns({ pid: guest.pid });
    const host = `tcp://${network.there}:2375`;
    const isAlive = () => guest.exitCode === null && guest.signalCode === null;
    const log = () => readFileSync(file, 'utf8');
    await answering(host, ANSWERS_MS, isAlive, log);
    return {
      ...{ host, isAlive, log },
      async stop() {
        guest.kill('SIGKILL');
        while (isAlive()) await sleep(50);
      },
    };
  },
};

const GUEST_INIT = 'jest-kubelet-init';

/** Returns a disk with the root and with the images on it: loading them through the guest takes minutes. */
async function diskWith(machine, root, place) {
  const images = [...(await imagesOn(machine))];
  const key = createHash('sha256')
    .update(JSON.stringify([root, readFileSync(GUEST, 'utf8'), images]))
    .digest('hex');
  const disk = cachePath(`${PREFIX}${key.slice(0, 12)}.ext4`);
  if (existsSync(disk)) return disk;
  say(`makes ${disk} (mke2fs)`);
  const unfinished = `${disk}.${process.pid}`;
  place.owns({ folder: unfinished });
  const loading = new Place();
  try {
    const engine = await startDocker26(loading);
    await copyImages(machine, engine);
    await engine.stop();
    const data = path.join(loading.folder, 'data');
    const lay =
      'install -m 755 "$1" "$2/$3" && mkdir -p "$2/var/lib/docker" && mount --bind "$4" "$2/var/lib/docker" && ';
    const make = 'mke2fs -q -t ext4 -d "$2" "$5" "$6"';
    run('unshare', ['--mount', 'sh', '-c', lay + make, 'sh', GUEST, root, GUEST_INIT, data, unfinished, DISK]);
  } finally {
    await loading.remove();
  }
  const folder = path.dirname(disk);
  const older = readdirSync(folder).filter((name) => name.startsWith(PREFIX) && name.endsWith('.ext4'));
  for (const name of older) rmSync(path.join(folder, name));
  renameSync(unfinished, disk);
  return disk;
}
