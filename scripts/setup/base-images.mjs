import { assertSucceeds } from './engine-api.mjs';
import { fillBusyboxRoot, fillNodeRoot } from './root-file-systems.mjs';
import { SetupError, say } from './say.mjs';
import { withTar } from './tar.mjs';

const REGISTRY_MS = 5_000;

/** The images that the examples start from, and what each is made of where no registry has it for us. */
export const BASE_IMAGES = [
  { name: 'busybox:1.36', command: 'sh', fillRoot: fillBusyboxRoot, madeOf: "Debian's busybox-static" },
  {
    name: 'node:24-slim',
    command: 'node',
    fillRoot: fillNodeRoot,
    madeOf: "a Node 24, npm 11 and Debian's busybox-static",
  },
];

/** The label that tells the images made here from those of a registry. */
export const MADE_LABEL = 'org.opencontainers.image.description';

/** What that label says. */
export const madeLabel = ({ name, madeOf }) => `${name}, made of ${madeOf}`;

/** Pulls an image; where no registry answers in time, makes one that does for the examples, under the same name. */
export async function bringBaseImage(engine, image) {
  try {
    await pull(engine, image);
  } catch (cause) {
    await make(engine, image, cause);
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
    throw silence.signal.aborted ? new Error(`no registry answered within ${REGISTRY_MS} ms`) : error;
  } finally {
    clearTimeout(timer);
  }
  say(`pulling ${name}`);
  await assertSucceeds(progress);
}

async function make(engine, { name, command, fillRoot, madeOf }, cause) {
  say(`making ${name} of ${madeOf}; it cannot be pulled: ${cause.message}`);
  const [repository, tag] = name.split(':');
  const changes = [`CMD ["${command}"]`, `LABEL ${MADE_LABEL}="${madeLabel({ name, madeOf })}"`];
  const query = new URLSearchParams([
    ['fromSrc', '-'],
    ['repo', repository],
    ['tag', tag],
  ]);
  for (const change of changes) query.append('changes', change);
  try {
    await withTar(fillRoot, async (body) => {
      await assertSucceeds(await engine.request('POST', `/images/create?${query}`, { body }));
    });
  } catch (error) {
    throw new SetupError(
      `${name} can neither be pulled (${cause.message}) nor made here (${error.message})`,
      `Bring it yourself: \`docker pull ${name}\`, or \`docker load\` where there is no registry.`,
      { cause: error },
    );
  }
}
