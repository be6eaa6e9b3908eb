import { existsSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, stampAt } from '../fingerprint.mjs';
import { ROOT } from '../root.mjs';
import { run } from './command.mjs';
import { assertMayInstall, say } from './say.mjs';

const WANTED = ['package.json', 'package-lock.json'];

const stamp = stampAt(path.join(ROOT, 'node_modules/.jest-kubelet'));

/** Installs what package.json asks for, unless that was done and nothing was asked for since. */
export function ensureDependencies() {
  if (stamp.says(fingerprint(ROOT, WANTED))) return;
  const isMissing = !existsSync(path.join(ROOT, 'node_modules/.package-lock.json'));
  if (process.env.JEST_KUBELET_SETUP === 'never' && !isMissing) return; // somebody else's care, and there
  assertMayInstall('the dependencies are not installed', 'Run `npm install`.');
  say('installing the dependencies (npm install)');
  // Not `npm ci`: it refuses a lock file that was written where some platforms' packages could not be had. The lock file
  // stays as it is. No dependency needs its installation script, so npm may run on the Node it came with.
  run('npm', ['install', '--no-save', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: ROOT });
  stamp.write(fingerprint(ROOT, WANTED));
}
