import { chmodSync, copyFileSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { aptGet, hasApt } from './apt.mjs';
import { inTemporaryFolder, run, runNpm } from './command.mjs';
import { ensurePrivateNode } from './node.mjs';

const PASSWD = [
  'root:x:0:0:root:/root:/bin/sh',
  'node:x:1000:1000::/home/node:/bin/sh',
  'nobody:x:65534:65534::/home:/bin/false',
];
const GROUP = ['root:x:0:', 'node:x:1000:', 'nobody:x:65534:'];

/** Copies a shell and small programs, all of them one static binary with many names. */
export function fillBusyboxRoot(root) {
  for (const folder of ['bin', 'etc', 'home/node', 'root', 'tmp', 'var/tmp']) {
    mkdirSync(path.join(root, folder), { recursive: true });
  }
  for (const folder of ['tmp', 'var/tmp']) chmodSync(path.join(root, folder), 0o1777);
  writeFileSync(path.join(root, 'etc/passwd'), `${PASSWD.join('\n')}\n`);
  writeFileSync(path.join(root, 'etc/group'), `${GROUP.join('\n')}\n`);

  const busybox = path.join(root, 'bin/busybox');
  fetchBusybox(busybox);
  const names = run(busybox, ['--list'])
    .split('\n')
    .filter((name) => name !== 'busybox');
  for (const name of names) symlinkSync('busybox', path.join(root, 'bin', name));
}

/** Copies the same, npm, and Node with its shared libraries, each to its path on this machine. */
export function fillNodeRoot(root) {
  fillBusyboxRoot(root);
  mkdirSync(path.join(root, 'usr/bin'), { recursive: true });
  symlinkSync('/bin/env', path.join(root, 'usr/bin/env')); // where scripts name it
  const local = path.join(root, 'usr/local');
  runNpm(['install', '--global', '--prefix', local, '--ignore-scripts', '--no-audit', '--no-fund', 'npm@11']);
  const node = path.join(ensurePrivateNode(), 'node');
  copyInto(root, node, '/usr/local/bin/node');
  for (const [, library] of run('ldd', [node]).matchAll(/(\/\S+) \(0x/g)) copyInto(root, library, library);
}

function fetchBusybox(file) {
  if (!hasApt()) throw new Error('busybox-static needs Debian or Ubuntu');
  inTemporaryFolder((folder) => {
    aptGet(['download', 'busybox-static'], folder);
    const [archive] = readdirSync(folder);
    run('dpkg-deb', ['--extract', archive, 'unpacked'], { cwd: folder });
    // In /bin on Debian 12, in /usr/bin since.
    const unpacked = run('find', ['unpacked', '-name', 'busybox', '-type', 'f', '-perm', '-100'], { cwd: folder });
    copyFileSync(path.join(folder, unpacked), file);
  });
}

function copyInto(root, from, to) {
  const target = path.join(root, to);
  mkdirSync(path.dirname(target), { recursive: true });
  copyFileSync(from, target);
}
