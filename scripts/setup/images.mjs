import { BASE_IMAGES, bringBaseImage, MADE_LABEL, madeLabel } from './base-images.mjs';
import { buildExample, CONTENT_LABEL, exampleImages } from './example-images.mjs';
import { assertMayInstall } from './say.mjs';

/** Brings the engine the images that the examples need, where it lacks one or has it of another content. */
export async function ensureImages(engine) {
  const examples = exampleImages();
  const present = await presentImages(engine, [...BASE_IMAGES, ...examples]);
  const bases = BASE_IMAGES.filter((image) => !present.has(image.name) || isOutdated(image, present.get(image.name)));
  const changed = examples.filter(({ name, content }) => present.get(name)?.[CONTENT_LABEL] !== content);
  if (bases.length + changed.length === 0) return;

  const missing = [...bases, ...changed].map(({ name }) => name).join(', ');
  assertMayInstall(`${missing}: missing on the engine, or out of date`, 'Run `npm run setup` once without it.');
  await Promise.all(bases.map((image) => bringBaseImage(engine, image)));
  for (const image of changed) await buildExample(engine, image);
}

/** Whether it was made here, of something else than it would be today. */
function isOutdated(image, labels) {
  const made = labels[MADE_LABEL];
  return Boolean(made?.startsWith(madeLabel({ ...image, madeOf: '' }))) && made !== madeLabel(image);
}

/** Of the images asked for, those on the engine, by name, each with its labels. */
async function presentImages(engine, wanted) {
  const filters = JSON.stringify({ reference: wanted.map(({ name }) => name) });
  const images = await engine.get(`/images/json?filters=${encodeURIComponent(filters)}`);
  return new Map(
    images.flatMap(({ RepoTags, Labels }) => (RepoTags ?? []).map((tag) => [shortName(tag), Labels ?? {}])),
  );
}

// Podman lists full names.
const shortName = (tag) => tag.replace(/^(localhost|docker\.io)\/(library\/)?/, '');
