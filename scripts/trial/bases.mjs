import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cachePath } from '../engines/cache.mjs';
import { explainMissingPackages } from '../engines/packages.mjs';
import { ROOT } from '../root.mjs';
import { aptGet } from '../setup/apt.mjs';
import { inTemporaryFolder, run } from '../setup/command.mjs';
import { SetupError, say } from '../setup/say.mjs';

const RELEASE = 'bookworm';
const PYTHON_LOCK = path.join(ROOT, 'scripts/trial/requirements.txt');
/** Debian 12's Python, whose wheels these are. */
const PYTHON = ['--python-version', '3.11', '--implementation', 'cp', '--platform', 'manylinux2014_x86_64'];

/** The images that cases start from and that setup does not make: Debian roots, each with its packages. */
export const BASES = [
  {
    name: 'jest-kubelet-trial/languages:1',
    packages: ['python3', 'ruby', 'perl', 'gcc', 'libc6-dev', 'golang-go', 'openjdk-17-jdk-headless', 'procps'],
    fill: installPython,
    lock: PYTHON_LOCK,
  },
  {
    name: 'jest-kubelet-trial/servers:1',
    packages: [
      ...['nginx-light', 'redis-server', 'haproxy', 'apache2', 'memcached', 'postgresql', 'rabbitmq-server'],
      ...['mosquitto', 'prometheus', 'etcd-server', 'etcd-client', 'caddy', 'nats-server', 'php-fpm', 'curl'],
    ],
  },
];

/** Returns what a base's root holds, as a key: a change of it makes another root. */
export function keyOf({ packages, lock }) {
  const parts = [RELEASE, packages, lock ? readFileSync(lock, 'utf8') : ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8);
}

/** Returns the archive of a base's root in the cache, made by debootstrap the first time: 1 GB, some minutes. */
export function baseArchive(base) {
  const name = /\/(?<short>\w+):/.exec(base.name).groups.short;
  const archive = cachePath(`trial-${name}-${keyOf(base)}.tar`);
  if (existsSync(archive)) return archive;
  const why = explainMissingPackages();
  if (why) throw new SetupError(`the image ${base.name} does not exist`, `debootstrap makes it: ${why}`);
  say(`makes ${base.name} from Debian's ${base.packages.join(', ')} (debootstrap ${RELEASE})`);
  aptGet(['install', '--no-install-recommends', 'debootstrap', 'debian-archive-keyring']);
  inTemporaryFolder((folder) => {
    const root = path.join(folder, 'root');
    run('debootstrap', ['--variant=minbase', `--include=${base.packages.join(',')}`, RELEASE, root]);
    for (const packed of ['var/cache/apt/archives', 'var/lib/apt/lists']) {
      rmSync(path.join(root, packed), { recursive: true });
      mkdirSync(path.join(root, packed, 'partial'), { recursive: true });
    }
    base.fill?.(root);
    run('tar', ['--create', '--file', `${archive}.part`, '--directory', root, '--numeric-owner', '.']);
    renameSync(`${archive}.part`, archive);
  });
  return archive;
}

/** Installs the packages of the lock file as wheels, without building or running them. */
function installPython(root) {
  const target = path.join(root, 'usr/lib/python3/dist-packages');
  const pip = ['-m', 'pip', 'install', '--require-hashes', '--only-binary=:all:', '--no-compile', ...PYTHON];
  run('python3', [...pip, '--target', target, '--requirement', PYTHON_LOCK]);
}
