import { BASE_IMAGES, bringBaseImages, MADE_LABEL, madeLabel } from './base-images.mjs';
import { buildExample, CONTENT_LABEL, exampleImages, namesImage } from './example-images.mjs';
import { assertMayInstall, say } from './say.mjs';

/**
 * Brings the engine the images that the examples need, where it lacks one or has it of another content. Without an
 * optional one it says why, and goes on.
 */
export async function ensureImages(engine) {
  const examples = exampleImages();
  const present = await presentImages(engine, [...BASE_IMAGES, ...examples]);
  const bases = BASE_IMAGES.filter((image) => !present.has(image.name) || isOutdated(image, present.get(image.name)));
  const changed = examples.filter(({ name, content }) => present.get(name)?.[CONTENT_LABEL] !== content);
  if (bases.length + changed.length === 0) return;

  const optional = bases.filter((image) => image.optional);
  const needed = [...bases.filter((image) => !image.optional), ...without(optional, changed)];
  const missing = needed.map(({ name }) => name).join(', ');
  if (missing)
    assertMayInstall(`${missing}: missing on the engine, or out of date`, 'Run `npm run setup` once without it.');
  const lacking = await bring(engine, bases);
  for (const why of new Set(lacking.map((each) => each.why))) {
    const names = lacking.filter((each) => each.why === why).map(({ image }) => image.name);
    say(`without ${names.join(', ')}, and the examples that need them: ${why}`);
  }
  const buildable = without(
    lacking.map(({ image }) => image),
    changed,
  );
  for (const image of buildable) await buildExample(engine, image);
}

/** The optional images that the engine lacks. */
export async function lackingImages(engine) {
  const optional = BASE_IMAGES.filter((image) => image.optional);
  const present = await presentImages(engine, optional);
  return optional.filter(({ name }) => !present.has(name));
}

async function bring(engine, bases) {
  if (process.env.JEST_KUBELET_SETUP !== 'never') return bringBaseImages(engine, bases);
  return bases.map((image) => ({ image, why: 'JEST_KUBELET_SETUP=never turns installing off' }));
}

/** Those of the examples that need none of these images. */
function without(images, examples) {
  return examples.filter(({ home }) => !images.some(({ name }) => namesImage(home, name)));
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
