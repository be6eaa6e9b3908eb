import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { aptGet } from '../setup/apt.mjs';
import { run } from '../setup/command.mjs';
import { SetupError, say } from '../setup/say.mjs';
import { cachePath } from './cache.mjs';
import { explainMissingPackages } from './packages.mjs';

const RELEASE = 'trixie';
/** The packages of Docker 26, and those that its kernel needs. procps is excluded, so there is no `ps`. */
const PACKAGES = ['docker.io', 'iptables', 'iproute2', 'ca-certificates', 'kmod'];
/**
 * The kernel for engines in user-mode Linux: version 6.1. Version 6.12 of Debian 13 panics if a process is killed while
 * it forks, because `flush_tlb_mm` reads an entry that `dup_mmap` left instead of a mapping.
 */
const KERNEL = { release: 'bookworm', package: 'user-mode-linux' };
const STAMP = 'jest-kubelet-root';

/** Returns the folder of a Debian 13 with its Docker 26, made by debootstrap the first time: 500 MB, a minute or two. */
export function debianRoot(place) {
  const key = createHash('sha256')
    .update(JSON.stringify([RELEASE, PACKAGES, KERNEL]))
    .digest('hex')
    .slice(0, 8);
  const root = cachePath(`debian-${RELEASE}-${key}`);
  if (existsSync(path.join(root, STAMP))) return root;
  const why = explainMissingPackages();
  if (why) throw new SetupError(`the root of the engine (Debian 13) is not at ${root}`, `debootstrap makes it: ${why}`);
  say(`makes ${root} (debootstrap ${RELEASE})`);
  aptGet(['install', '--no-install-recommends', 'debootstrap', 'debian-archive-keyring']);
  const unfinished = `${root}.${process.pid}`;
  place.owns({ folder: unfinished });
  run('debootstrap', ['--variant=minbase', `--include=${PACKAGES.join(',')}`, RELEASE, unfinished]);
  addKernel(unfinished, place);
  for (const folder of ['var/cache/apt/archives', 'var/lib/apt/lists']) {
    for (const name of readdirSync(path.join(unfinished, folder)))
      rmSync(path.join(unfinished, folder, name), { recursive: true });
  }
  writeFileSync(path.join(unfinished, STAMP), '');
  renameSync(unfinished, root);
  return root;
}

/** Unpacks the kernel and its modules into a root. */
function addKernel(root, place) {
  const downloads = path.join(place.folder, 'kernel');
  const options = ['--download-only', '--variant=minbase', `--include=${KERNEL.package}`];
  run('debootstrap', [...options, KERNEL.release, downloads]);
  const archives = path.join(downloads, 'var/cache/apt/archives');
  const archive = readdirSync(archives).find((name) => name.startsWith(`${KERNEL.package}_`));
  run('dpkg-deb', ['--extract', path.join(archives, archive), root]);
}
