import { DEBIAN_ROOT, fillDebianRoot } from './debian-root.mjs';
import { assertSucceeds } from './engine-api.mjs';
import { fillBusyboxRoot, fillNodeRoot } from './root-file-systems.mjs';
import { problemOf, SetupError, say } from './say.mjs';
import { withTar } from './tar.mjs';

const REGISTRY_MS = 5_000;

/**
 * The images that the examples start from, and how each is made if no registry provides it. An `optional` image cannot
 * be made on some machines, and the examples that need it are skipped there.
 */
export const BASE_IMAGES = [
  { name: 'busybox:1.36', command: ['sh'], fillRoot: fillBusyboxRoot, madeOf: "Debian's busybox-static" },
  {
    name: 'node:24-slim',
    command: ['node'],
    fillRoot: fillNodeRoot,
    madeOf: "a Node 24, npm 11 and Debian's busybox-static",
  },
  {
    name: 'nginx:1.22',
    command: ['nginx', '-g', 'daemon off;'],
    fillRoot: fillDebianRoot,
    madeOf: DEBIAN_ROOT,
    keepOwners: true,
    optional: true,
  },
  {
    name: 'redis:7.0',
    command: ['redis-server', '--protected-mode', 'no'],
    fillRoot: fillDebianRoot,
    madeOf: DEBIAN_ROOT,
    keepOwners: true,
    optional: true,
  },
];

/** The label of images that were made here instead of pulled. */
export const MADE_LABEL = 'org.opencontainers.image.description';

/** Returns the value of that label. */
export const madeLabel = ({ name, madeOf }) => `${name}, made of ${madeOf}`;

/**
 * Pulls images, or makes equivalent ones under the same names if no registry responds in time. Resolves to the optional
 * images that are unavailable, each with the reason.
 */
export async function bringBaseImages(engine, images) {
  const unpulled = await Promise.all(images.map((image) => pullOrSayWhyNot(engine, image)));
  const toMake = unpulled.filter(({ cause }) => cause);
  const lacking = [];
  for (const fillRoot of new Set(toMake.map(({ image }) => image.fillRoot))) {
    const alike = toMake.filter(({ image }) => image.fillRoot === fillRoot);
    lacking.push(...(await make(engine, alike)));
  }
  return lacking;
}

async function pullOrSayWhyNot(engine, image) {
  try {
    await pull(engine, image);
    return { image };
  } catch (cause) {
    return { image, cause };
  }
}

async function pull(engine, { name }) {
  const [repository, tag] = name.split(':');
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), REGISTRY_MS);
  let progress;
  try {
    // The engine answers as soon as the registry has; how long the layers then take is the network's affair.
    const request = `/images/create?fromImage=${repository}&tag=${tag}`;
    progress = await engine.request('POST', request, { signal: silence.signal });
  } catch (error) {
    throw silence.signal.aborted ? new Error(`no registry responded within ${REGISTRY_MS}ms`) : error;
  } finally {
    clearTimeout(timer);
  }
  await assertSucceeds(progress);
}

/** Makes images of one root file system, which is filled once: the engine keeps it once as well. */
async function make(engine, alike) {
  const [{ image: first, cause }] = alike;
  const names = alike.map(({ image }) => image.name).join(', ');
  say(`makes ${names} from ${first.madeOf}, because the pull failed: ${cause.message}`);
  try {
    await withTar(
      first.fillRoot,
      async (open) => {
        for (const { image } of alike) await importImage(engine, image, open());
      },
      first,
    );
    return [];
  } catch (error) {
    const problem = `failed to pull (${cause.message}) and failed to make it here (${problemOf(error)})`;
    if (first.optional) return alike.map(({ image }) => ({ image, why: problem }));
    const fix = `Run \`docker pull ${first.name}\`, or \`docker load\` without a registry`;
    throw new SetupError(`image ${names}: ${problem}`, fix, { cause: error });
  }
}

async function importImage(engine, image, body) {
  const [repository, tag] = image.name.split(':');
  const changes = [`CMD ${JSON.stringify(image.command)}`, `LABEL ${MADE_LABEL}="${madeLabel(image)}"`];
  const query = new URLSearchParams([
    ['fromSrc', '-'],
    ['repo', repository],
    ['tag', tag],
  ]);
  for (const change of changes) query.append('changes', change);
  await assertSucceeds(await engine.request('POST', `/images/create?${query}`, { body }));
}
