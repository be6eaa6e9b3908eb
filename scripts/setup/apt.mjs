import { existsSync } from 'node:fs';
import { run } from './command.mjs';

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
