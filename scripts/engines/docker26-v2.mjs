import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { aptGet } from '../setup/apt.mjs';
import { run } from '../setup/command.mjs';
import { SetupError, say } from '../setup/say.mjs';
import { answering } from './answering.mjs';
import { cached } from './cache.mjs';
import { copyImages, imagesOn } from './copyImages.mjs';
import { debianRoot } from './debianRoot.mjs';
import { startDocker26 } from './docker26.mjs';
import { whyNoPackages } from './packages.mjs';
import { Place } from './place.mjs';

const QEMU = '/usr/bin/qemu-system-x86_64';
const GUEST = fileURLToPath(new URL('docker26-v2.sh', import.meta.url));
const PREFIX = 'docker26-v2-';
const DISK = '6G';
const MEMORY_MB = 3_072;
const CORES = 2;
/** As many published ports as there are at once, at the same numbers here and in the guest. */
const PORTS = 64;
/** Emulated and beside other work, it needs up to two minutes. */
const ANSWERS_MS = 300_000;

/**
 * Docker 26 of Debian 13 on a kernel with cgroup v2 alone, in an emulated machine: it needs no KVM. Its API and its
 * published ports are forwarded to the loopback interface of this machine, its pods are out of reach.
 */
export const docker26v2 = {
  name: 'docker26-v2',
  async start({ place, machine }) {
    bringQemu();
    const root = debianRoot(place);
    const disk = await diskWith(machine, root, place);
    const [api, published] = [await freePort(), 20_000 + (process.pid % 400) * PORTS];
    const file = path.join(place.folder, 'log');
    const log = openSync(file, 'a');
    const guest = spawn(QEMU, qemu({ root, disk, api, published }), {
      detached: true,
      // What the guest writes to its disk goes to a file there that has no name.
      env: { ...process.env, TMPDIR: place.folder },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    place.owns({ pid: guest.pid });
    const host = `tcp://127.0.0.1:${api}`;
    say(`boots ${path.basename(disk)} in QEMU; its engine answers after a minute or so`);
    const isAlive = () => guest.exitCode === null && guest.signalCode === null;
    await answering(host, ANSWERS_MS, isAlive, () => readFileSync(file, 'utf8'));
    return {
      host,
      async stop() {
        guest.kill('SIGKILL');
        while (isAlive()) await sleep(50);
      },
    };
  },
};

function bringQemu() {
  if (existsSync(QEMU)) return;
  const why = whyNoPackages();
  if (why) throw new SetupError('docker26-v2 needs QEMU', `Install qemu-system-x86: ${why}`);
  say('installs QEMU (apt-get install qemu-system-x86)');
  aptGet(['install', '--no-install-recommends', 'qemu-system-x86']);
}

function qemu({ root, disk, api, published }) {
  const boot = (kind) =>
    path.join(
      root,
      'boot',
      readdirSync(path.join(root, 'boot')).find((name) => name.startsWith(kind)),
    );
  const ports = Array.from({ length: PORTS }, (_, index) => published + index);
  const forwards = [[api, 2375], ...ports.map((port) => [port, port])];
  return [
    ...['-machine', 'q35', '-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', String(CORES), '-m', String(MEMORY_MB)],
    ...['-nographic', '-no-reboot', '-kernel', boot('vmlinuz'), '-initrd', boot('initrd.img')],
    ...[
      '-append',
      `console=ttyS0 quiet panic=-1 mitigations=off root=/dev/vda rw init=/${GUEST_INIT} ports=${published}-${published + PORTS - 1}`,
    ],
    ...['-drive', `file=${disk},format=raw,if=virtio,snapshot=on,cache=unsafe`],
    ...[
      '-netdev',
      `user,id=net,${forwards.map(([here, there]) => `hostfwd=tcp:127.0.0.1:${here}-:${there}`).join(',')}`,
    ],
    ...['-device', 'virtio-net-pci,netdev=net,romfile=', '-device', 'virtio-rng-pci'],
  ];
}

const GUEST_INIT = 'jest-kubelet-init';

/** Returns a disk with the root and with the images on it: loading them through an emulated machine takes minutes. */
async function diskWith(machine, root, place) {
  const images = [...(await imagesOn(machine))];
  const key = createHash('sha256')
    .update(JSON.stringify([root, readFileSync(GUEST, 'utf8'), images]))
    .digest('hex');
  const disk = cached(`${PREFIX}${key.slice(0, 12)}.ext4`);
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
    const lay = 'cp "$1" "$2/$3" && mkdir -p "$2/var/lib/docker" && mount --bind "$4" "$2/var/lib/docker" && ';
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

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
