import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { aptGet, hasApt } from './apt.mjs';
import { lastLines } from './command.mjs';
import { SetupError } from './say.mjs';

const LOG = '/var/log/jest-kubelet-dockerd.log';
const START_MS = 60_000;
// Another one may have come first and be on its way: ours ends then, at its pid file.
const OTHER_MS = 5_000;
const WITH_NOTHING_OPEN = fileURLToPath(new URL('with-nothing-open.sh', import.meta.url));
const NO_ENGINE = { exitCode: 3 };

// The recommended packages of docker.io that are needed at run time: dockerd loads profiles if the kernel has AppArmor,
// and pulls over TLS.
const PACKAGES = ['docker.io', 'apparmor', 'ca-certificates'];

const dockerd = () =>
  ['/usr/bin/dockerd', '/usr/sbin/dockerd', '/usr/local/bin/dockerd'].find((file) => existsSync(file));

/** Returns what setup does for a running Docker, or undefined if it cannot do that here. */
export function dockerStep() {
  if (process.getuid?.() !== 0) return undefined;
  const start = `starts dockerd, which keeps running (log: ${LOG})`;
  if (dockerd()) return start;
  return hasApt() ? `installs Docker (apt-get install ${PACKAGES.join(' ')}) and ${start}` : undefined;
}

/** Installs Docker from the packages of the distribution, if it is not installed. */
export function installDocker() {
  if (!dockerd()) aptGet(['install', '--no-install-recommends', ...PACKAGES]);
}

/** Starts dockerd, to stay, and resolves to what `findEngine` finds once it answers. */
export async function startDockerd(findEngine) {
  let deadline = Date.now() + START_MS;
  launch().on('exit', () => {
    deadline = Math.min(deadline, Date.now() + OTHER_MS);
  });
  while (Date.now() < deadline) {
    await sleep(100);
    const engine = await findEngine();
    if (engine) return engine;
  }
  throw new SetupError(
    `dockerd did not answer within ${START_MS / 1000}s`,
    `Fix what ${LOG} reports, then run \`npm run setup\``,
    { ...NO_ENGINE, output: lastLines(readFileSync(LOG, 'utf8')) },
  );
}

/** Starts dockerd in a separate session without our open files, so that it outlives this process and its terminal. */
function launch() {
  const log = openSync(LOG, 'a');
  // It looks for containerd and iptables on the PATH, which lacks these folders for some who became root.
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const options = { cwd: '/', env, detached: true, stdio: ['ignore', log, log] };
  const daemon = spawn('bash', [WITH_NOTHING_OPEN, dockerd()], options);
  closeSync(log);
  daemon.unref();
  return daemon;
}
