import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../root.mjs';
import { run } from './command.mjs';
import { assertMayInstall, SetupError, say } from './say.mjs';

const PACKAGE = `node-linux-${process.arch}`;
const MAJOR = 24;
const HOME = path.join(ROOT, '.node');

/** The folder of a Node that the project runs on: the machine's own, or one private to the project. */
export function ensureNode() {
  const floor = oldestNode();
  if (isAtLeast(process.versions.node, floor)) return path.dirname(process.execPath);
  if (!isInstalled()) {
    assertMayInstall(
      `Node ${process.versions.node} is here, ${floor} or later is needed`,
      'Put a newer Node on the PATH.',
    );
  }
  return ensurePrivateNode();
}

/** The folder of a Node 24 of our own, of a build that runs without the machine's libraries, but libstdc++. */
export function ensurePrivateNode() {
  if (!isInstalled()) {
    assertAvailable();
    say(`installing Node ${MAJOR} into .node`);
    // Not part of the project: npm must neither look for it in package.json nor note it there.
    run('npm', ['install', '--prefix', HOME, '--no-save', '--ignore-scripts', `${PACKAGE}@${MAJOR}`], { cwd: ROOT });
  }
  return path.dirname(binary());
}

const binary = () => path.join(HOME, 'node_modules', PACKAGE, 'bin/node');

// npm writes its own list of what is installed last, so its presence says that the installation came to its end.
const isInstalled = () => existsSync(path.join(HOME, 'node_modules/.package-lock.json')) && existsSync(binary());

function assertAvailable() {
  if (process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)) return;
  throw new SetupError(
    `Node ${process.versions.node} is here, ${oldestNode()} or later is needed`,
    `Put a newer Node on the PATH; set-up can bring one only on Linux (x64, arm64), not on ${process.platform} ${process.arch}.`,
  );
}

function oldestNode() {
  const { engines } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  return engines.node.replace('>=', '');
}

function isAtLeast(version, floor) {
  const [major, minor] = version.split('.').map(Number);
  const [floorMajor, floorMinor] = floor.split('.').map(Number);
  return major > floorMajor || (major === floorMajor && minor >= floorMinor);
}
