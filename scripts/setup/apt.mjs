import { existsSync } from 'node:fs';
import { run } from './command.mjs';
import { say } from './say.mjs';

const QUESTIONS_OFF = { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_MODE: 'l', NEEDRESTART_SUSPEND: '1' };
// A machine just booted may be updating itself.
const OPTIONS = ['--yes', '-o', 'DPkg::Lock::Timeout=300', '-o', 'APT::Sandbox::User=root'];

/** True if this is a Debian, or a distribution made from it. */
export const hasApt = () => existsSync('/usr/bin/apt-get');

/** Runs `apt-get`; a second time with fresh lists where the lists of packages are missing or out of date. */
export function aptGet(args, cwd) {
  const act = (...words) => run('apt-get', [...OPTIONS, ...words], { env: QUESTIONS_OFF, cwd });
  try {
    act(...args);
  } catch {
    say('updates the lists of packages (apt-get update)');
    act('update');
    act(...args);
  }
}

/** Returns why setup cannot install packages here, or undefined. */
export function explainMissingApt() {
  if (!hasApt()) return 'setup installs packages only on Debian and Ubuntu';
  return process.getuid?.() === 0 ? undefined : 'setup installs packages only as root';
}
