import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../root.mjs';
import { runNpm } from './command.mjs';
import { SetupError, say } from './say.mjs';

const PACKAGE = `node-linux-${process.arch}`;
const MAJOR = 24;
const HOME = path.join(ROOT, '.node');
const STEP = `installs Node ${MAJOR} into .node, for this project only (npm install ${PACKAGE}@${MAJOR})`;
const FIX = 'Put a newer Node on the PATH';

/** A Node that the project runs on: the machine's own, or one private to the project. */
export const NODE = {
  find(context) {
    const floor = oldestNode();
    const { versions, execPath } = process;
    if (isAtLeast(versions.node, floor)) return [found(context, versions.node, path.dirname(execPath))];
    if (isInstalled()) return [found(context, installedVersion(), path.dirname(binary()))];
    const missing = `${versions.node} is older than ${floor}`;
    return [{ name: 'Node', missing, fix: FIX, ...(hasBuild() && { step: STEP }) }];
  },
  bring: install,
};

/** Returns the folder of a private Node 24, whose build only needs libstdc++ from the machine. */
export function ensurePrivateNode() {
  if (!isInstalled()) {
    if (!hasBuild()) throw new SetupError(`${PACKAGE} does not exist for ${process.platform}`, FIX);
    say(STEP);
    install();
  }
  return path.dirname(binary());
}

function found(context, version, folder) {
  context.node = folder;
  return { name: 'Node', found: `${version} in ${folder}` };
}

// Not part of the project: npm must neither look for it in package.json nor note it there.
function install() {
  runNpm(['install', '--prefix', HOME, '--no-save', '--ignore-scripts', `${PACKAGE}@${MAJOR}`], { cwd: ROOT });
}

const binary = () => path.join(HOME, 'node_modules', PACKAGE, 'bin/node');

// npm writes its own list of what is installed last, so its presence says that the installation came to its end.
const isInstalled = () => existsSync(path.join(HOME, 'node_modules/.package-lock.json')) && existsSync(binary());

const installedVersion = () => readVersion(path.join(HOME, 'node_modules', PACKAGE));
const readVersion = (folder) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;

const hasBuild = () => process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);

function oldestNode() {
  const { engines } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  return engines.node.replace('>=', '');
}

function isAtLeast(version, floor) {
  const [major, minor] = version.split('.').map(Number);
  const [floorMajor, floorMinor] = floor.split('.').map(Number);
  return major > floorMajor || (major === floorMajor && minor >= floorMinor);
}
