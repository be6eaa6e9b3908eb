import { existsSync } from 'node:fs';
import { run } from './command.mjs';
import { say } from './say.mjs';

const QUESTIONS_OFF = { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_MODE: 'l', NEEDRESTART_SUSPEND: '1' };
// A machine just booted may be updating itself.
const OPTIONS = ['--yes', '-o', 'DPkg::Lock::Timeout=300', '-o', 'APT::Sandbox::User=root'];

/** Whether this is a Debian, or a distribution made from it. */
export const hasApt = () => existsSync('/usr/bin/apt-get');

/** Runs `apt-get`; a second time with fresh lists where the lists of packages are missing or out of date. */
export function aptGet(args, cwd) {
  const act = (...words) => run('apt-get', [...OPTIONS, ...words], { env: QUESTIONS_OFF, cwd });
  try {
    act(...args);
  } catch {
    act('update');
    act(...args);
  }
}

/** Installs what can be done without, by its packages; returns why not, where it cannot. */
export function tryToInstall(what, packages) {
  if (process.env.JEST_KUBELET_SETUP === 'never') return 'JEST_KUBELET_SETUP=never turns installing off';
  if (!hasApt()) return 'there is no apt-get to install one';
  if (process.getuid?.() !== 0) return 'installing one needs root';
  say(`installing ${what} (apt-get install ${packages.join(' ')})`);
  try {
    aptGet(['install', '--no-install-recommends', ...packages]);
  } catch (error) {
    return error.message;
  }
  return undefined;
}
