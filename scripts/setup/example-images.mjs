import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { filesIn, fingerprint } from '../fingerprint.mjs';
import { ROOT } from '../root.mjs';
import { runNpm } from './command.mjs';
import { assertSucceeds } from './engine-api.mjs';
import { problemOf, SetupError } from './say.mjs';
import { withTar } from './tar.mjs';

/** The label that remembers what an image was built from. */
export const CONTENT_LABEL = 'jest-kubelet.content';

const EXAMPLES = path.join(ROOT, 'examples');

/** Images that specs run beside those of the examples, by the folders that they are built from. */
const OF_SPECS = {
  'oracle/app:2': path.join(ROOT, 'specs/engine/oracle/images/app'),
  'oracle/empty:1': path.join(ROOT, 'specs/engine/oracle/images/empty'),
};

// Files beside the Dockerfile of an example that are not part of its image.
const NOT_IN_THE_IMAGE = /\.(spec\.ts|snap|yaml|md)$/;

/**
 * Returns the image of each example with a Dockerfile and the fingerprint of its content, and then those of the specs.
 * An image in a subfolder has both names: `kubia-proxy`.
 */
export function exampleImages() {
  const ofSpecs = Object.entries(OF_SPECS).map(([name, home]) => imageOf(name, home));
  return [...examples(), ...ofSpecs];
}

function examples() {
  return filesIn(EXAMPLES, '.')
    .filter((file) => path.basename(file) === 'Dockerfile')
    .map((file) => {
      const folder = path.dirname(file);
      const home = path.join(EXAMPLES, folder);
      return imageOf(`jest-kubelet-example/${folder.replaceAll(path.sep, '-')}:latest`, home);
    });
}

function imageOf(name, home) {
  const files = filesIn(home, '.').filter((each) => !NOT_IN_THE_IMAGE.test(each));
  return { name, home, files, content: fingerprint(home, files) };
}

/** Returns true if a Dockerfile or a manifest in or below a folder names the image. */
export function namesImage(folder, image) {
  return filesIn(folder, '.')
    .filter((file) => path.basename(file) === 'Dockerfile' || file.endsWith('.yaml'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .some((text) => [...text.matchAll(/^\s*(?:FROM|(?:- )?image:) (\S+)/gm)].some(([, named]) => named === image));
}

/** Returns the path of an example's folder as the docs write it. */
export const folderOf = (home) => path.relative(ROOT, home).replaceAll(path.sep, '/');

/** Builds an example's image, in the place of the one built before. */
export async function buildExample(engine, { name, home, files, content }) {
  const query = new URLSearchParams({ t: name, labels: JSON.stringify({ [CONTENT_LABEL]: content }), forcerm: '1' });
  const headers = { 'content-type': 'application/x-tar' };
  const before = await idOf(engine, name);
  try {
    await withTar(
      (root) => {
        copyAll(files, home, root);
        if (files.includes('package.json')) installDependencies(root);
      },
      async (open) => assertSucceeds(await engine.request('POST', `/build?${query}`, { body: open(), headers })),
    );
  } catch (cause) {
    const problem = `${folderOf(home)}/Dockerfile: ${problemOf(cause)}`;
    throw new SetupError(problem, 'Fix the Dockerfile, or the files that it copies', { cause });
  }
  if (before && before !== (await idOf(engine, name))) await removeImage(engine, before);
}

/** Removes an image, unless something still uses it. An unread response would keep its connection and this process. */
async function removeImage(engine, id) {
  const response = await engine.request('DELETE', `/images/${id}`).catch(() => undefined);
  response?.resume();
}

/**
 * Installs the dependencies on this machine instead of in the Dockerfile, because a container may have no access to a
 * package registry.
 */
function installDependencies(root) {
  runNpm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root });
}

function copyAll(files, from, to) {
  for (const file of files) {
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    copyFileSync(path.join(from, file), path.join(to, file));
  }
}

async function idOf(engine, name) {
  const image = await engine.get(`/images/${name}/json`).catch(() => undefined);
  return image?.Id;
}
