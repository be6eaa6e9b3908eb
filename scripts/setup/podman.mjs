import { existsSync } from 'node:fs';
import { tryToInstall } from './apt.mjs';
import { say } from './say.mjs';

// Debian's podman recommends its network and takes crun where no runtime is there; in a container only runc runs.
const PACKAGES = ['podman', 'netavark', 'aardvark-dns', 'runc'];
const PLACES = ['/usr/bin/podman', '/usr/lib/podman/netavark'];

/** Brings the Podman that the specs start one of their own with. Without it they say why, and are skipped. */
export function ensurePodman() {
  if (PLACES.every((place) => existsSync(place))) return;
  const why = tryToInstall('Podman', PACKAGES);
  if (why) say(`without a Podman, on which pods are tried as well: ${why}`);
}
