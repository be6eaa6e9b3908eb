import { existsSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, stampAt } from '../fingerprint.mjs';
import { ROOT } from '../root.mjs';
import { runNpm } from './command.mjs';

const WANTED = ['package.json', 'package-lock.json'];
const LISTED = path.join(ROOT, 'node_modules/.package-lock.json');

const stamp = stampAt(path.join(ROOT, 'node_modules/.jest-kubelet'));

/** The packages of package.json, which are installed again after each change of that or the lock file. */
export const DEPENDENCIES = {
  find() {
    const name = 'dependencies';
    if (stamp.says(fingerprint(ROOT, WANTED))) return [{ name, found: 'as in package-lock.json' }];
    const isInstalled = existsSync(LISTED);
    // The user installs them without setup, for example with `npm ci`.
    if (isInstalled && process.env.JEST_KUBELET_SETUP === 'never') return [{ name, found: 'installed without setup' }];
    const missing = isInstalled ? 'package.json or package-lock.json has changed since setup' : 'not installed';
    return [{ name, missing, step: 'installs the dependencies (npm install)', fix: 'Run `npm install`' }];
  },

  bring() {
    // `npm ci` rejects a lock file that was written without the packages of some platforms, and this command leaves the
    // lock file unchanged. No dependency needs its installation script, so npm may run on its own Node.
    runNpm(['install', '--no-save', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: ROOT });
    stamp.write(fingerprint(ROOT, WANTED));
  },
};
