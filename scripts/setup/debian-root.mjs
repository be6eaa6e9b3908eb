import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { aptGet, hasApt } from './apt.mjs';
import { run } from './command.mjs';
import { say } from './say.mjs';

const TOOLS = ['debootstrap', 'debian-archive-keyring'];
const RELEASE = 'bookworm';
const PACKAGES = ['nginx-light', 'redis-server', 'psmisc'];

/** The packages that `fillDebianRoot` installs in a root, for messages. */
export const DEBIAN_ROOT = "Debian 12's nginx-light, redis-server and psmisc";

/** Installs a small Debian with the servers of the examples and `killall`, in about half a minute. */
export function fillDebianRoot(root) {
  if (!hasApt()) throw new Error('debootstrap needs Debian or Ubuntu');
  if (process.getuid?.() !== 0) throw new Error('debootstrap needs root');
  if (!existsSync('/usr/sbin/debootstrap')) say(`installs debootstrap (apt-get install ${TOOLS.join(' ')})`);
  aptGet(['install', '--no-install-recommends', ...TOOLS]);
  run('debootstrap', ['--variant=minbase', `--include=${PACKAGES.join(',')}`, RELEASE, root]);
  // The files that it was installed from: 80 MB.
  for (const folder of ['var/cache/apt/archives', 'var/lib/apt/lists']) {
    rmSync(path.join(root, folder), { recursive: true });
    mkdirSync(path.join(root, folder, 'partial'), { recursive: true });
  }
}
