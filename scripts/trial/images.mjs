import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { filesIn, fingerprint } from '../fingerprint.mjs';
import { assertSucceeds } from '../setup/engine-api.mjs';
import { buildExample, CONTENT_LABEL } from '../setup/example-images.mjs';
import { say } from '../setup/say.mjs';
import { BASES, baseArchive, keyOf } from './bases.mjs';
import { TRIAL } from './cases.mjs';

const PREFIX = 'jest-kubelet-trial';
const IMAGE = new RegExp(`${PREFIX}/[\\w-]+:1`, 'g');
/** Beside the source of an image, without being part of it. */
const NOT_IN_THE_IMAGE = /(^|\/)(manifest|expectation)\.yaml$/;

/** Builds the images of the cases that are missing or whose source has changed. */
export async function bringImages(engine, cases) {
  const sources = imageSources();
  for (const name of new Set(cases.flatMap(imagesOf))) await bring(engine, name, sources);
}

/** Returns the images of the trial that a case runs: its containers' and its services'. */
function imagesOf({ manifest, services }) {
  return [readFileSync(manifest, 'utf8'), JSON.stringify(services)].flatMap((text) => text.match(IMAGE) ?? []);
}

/**
 * Returns the folder of each image by its name: the folder of a case, or one under `images` that several cases share.
 */
function imageSources() {
  const dockerfiles = filesIn(TRIAL, '.').filter((file) => path.basename(file) === 'Dockerfile');
  const homes = dockerfiles.map((file) => path.join(TRIAL, path.dirname(file)));
  return new Map(homes.map((home) => [`${PREFIX}/${path.basename(home)}:1`, home]));
}

async function bring(engine, name, sources) {
  const base = BASES.find((each) => each.name === name);
  if (base) return bringBase(engine, base);
  const home = sources.get(name);
  if (!home) throw new Error(`image ${name}: no folder of the trial with this name has a Dockerfile`);
  const from = readFileSync(path.join(home, 'Dockerfile'), 'utf8').match(IMAGE) ?? [];
  for (const other of from) await bring(engine, other, sources);
  const files = filesIn(home, '.').filter((file) => !NOT_IN_THE_IMAGE.test(file));
  const content = [fingerprint(home, files), ...(await Promise.all(from.map((each) => idOf(engine, each))))].join();
  if ((await labelsOf(engine, name))?.[CONTENT_LABEL] === content) return;
  await buildExample(engine, { name, home, files, content });
}

async function bringBase(engine, base) {
  const content = keyOf(base);
  if ((await labelsOf(engine, base.name))?.[CONTENT_LABEL] === content) return;
  const archive = baseArchive(base);
  say(`loads ${base.name} from ${archive}`);
  const [repository, tag] = base.name.split(':');
  const query = new URLSearchParams([
    ['fromSrc', '-'],
    ['repo', repository],
    ['tag', tag],
    ['changes', `LABEL ${CONTENT_LABEL}=${content}`],
  ]);
  await assertSucceeds(await engine.request('POST', `/images/create?${query}`, { body: createReadStream(archive) }));
}

async function labelsOf(engine, name) {
  const image = await inspect(engine, name);
  return image && (image.Config.Labels ?? {});
}

const idOf = async (engine, name) => (await inspect(engine, name))?.Id;
const inspect = (engine, name) => engine.get(`/images/${name}/json`).catch(() => undefined);
