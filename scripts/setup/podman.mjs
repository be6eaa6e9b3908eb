import { existsSync } from 'node:fs';
import { aptGet, explainMissingApt } from './apt.mjs';

// The podman of Debian recommends its network, and uses crun if no runtime is installed. Inside a container, only runc
// works.
const PACKAGES = ['podman', 'netavark', 'aardvark-dns', 'runc'];
const PLACES = ['/usr/bin/podman', '/usr/lib/podman/netavark'];

/** The Podman with which specs start a separate service. */
export const PODMAN = {
  find() {
    const name = 'Podman';
    const absent = PLACES.filter((place) => !existsSync(place));
    if (absent.length === 0) return [{ name, found: PLACES[0] }];
    const obstacle = explainMissingApt();
    const missing = `there is no ${absent.join(' and no ')}${obstacle ? `, and ${obstacle}` : ''}`;
    const step = obstacle ? {} : { step: `installs Podman (apt-get install ${PACKAGES.join(' ')})` };
    const fix = `Install ${PACKAGES.join(', ')}`;
    return [{ name, missing, fix, loss: 'specs/engine/podman.more.spec.ts is skipped', ...step }];
  },

  bring() {
    aptGet(['install', '--no-install-recommends', ...PACKAGES]);
  },
};
