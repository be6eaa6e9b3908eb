import { BASE_IMAGES, bringBaseImages, MADE_LABEL, madeLabel } from './base-images.mjs';
import { buildExample, CONTENT_LABEL, exampleImages, folderOf, namesImage } from './example-images.mjs';
import { say } from './say.mjs';

const NO_ENGINE = { missing: 'needs a container engine', fix: 'Bring the container engine first' };

/** The images that the examples start from. */
export const BASES = {
  async find({ engine }) {
    const present = engine && (await presentImages(engine, BASE_IMAGES));
    return BASE_IMAGES.map((image) => findBase(image, present));
  },

  async bring(missing, context) {
    const images = missing.map(({ image }) => image);
    context.unavailable = await bringBaseImages(context.engine, images);
    for (const { image, why } of context.unavailable) {
      say(`${nameOf(image)}: ${why}. Without it, ${SKIPPED}.`);
    }
  },
};

/** The images that are built from the examples, again whenever their content has changed. */
export const EXAMPLES = {
  async find({ engine, unavailable = [] }) {
    const examples = exampleImages();
    if (!engine) return examples.map((image) => ({ name: nameOf(image), ...NO_ENGINE }));
    const present = await presentImages(engine, [...BASE_IMAGES, ...examples]);
    return examples.map((image) => findExample(image, present, unavailable));
  },

  async bring(missing, { engine }) {
    for (const { image } of missing) await buildExample(engine, image);
  },
};

const SKIPPED = 'the examples that need it are skipped';
const nameOf = ({ name }) => `image ${name}`;

function findBase(image, present) {
  const finding = { name: nameOf(image), image, ...(image.optional && { loss: SKIPPED }) };
  if (!present) return { ...finding, ...NO_ENGINE };
  const labels = present.get(image.name);
  if (labels && !isOutdated(image, labels)) return { ...finding, found: 'on the engine' };
  return {
    ...finding,
    missing: labels ? 'made by an older setup' : 'not on the engine',
    step: `pulls ${image.name}, or makes it from ${image.madeOf} if no registry answers`,
    fix: `Run \`docker pull ${image.name}\``,
  };
}

function findExample(image, present, unavailable) {
  const { name, home, content } = image;
  const finding = { name: nameOf(image), image };
  const labels = present.get(name);
  if (labels?.[CONTENT_LABEL] === content) return { ...finding, found: 'on the engine' };
  const base = BASE_IMAGES.find((each) => each.optional && !present.has(each.name) && namesImage(home, each.name));
  const loss = base && { loss: `${folderOf(home)} is skipped` };
  if (unavailable.some((each) => each.image === base)) {
    return { ...finding, ...loss, missing: `needs the image ${base.name}`, fix: `Run \`docker pull ${base.name}\`` };
  }
  return {
    ...finding,
    ...loss,
    missing: labels ? `${folderOf(home)} has changed since the build` : 'not on the engine',
    step: `builds ${name} from ${folderOf(home)}`,
    fix: 'Run `npm run setup` without JEST_KUBELET_SETUP=never',
  };
}

/** Returns the optional images that the engine lacks. */
export async function lackingImages(engine) {
  const optional = BASE_IMAGES.filter((image) => image.optional);
  const present = await presentImages(engine, optional);
  return optional.filter(({ name }) => !present.has(name));
}

/** True if it was made here from other sources than today's. */
function isOutdated(image, labels) {
  const made = labels[MADE_LABEL];
  return Boolean(made?.startsWith(madeLabel({ ...image, madeOf: '' }))) && made !== madeLabel(image);
}

/** Returns the images of this list that are on the engine, by name, with their labels. */
async function presentImages(engine, wanted) {
  const filters = JSON.stringify({ reference: wanted.map(({ name }) => name) });
  const images = await engine.get(`/images/json?filters=${encodeURIComponent(filters)}`);
  return new Map(
    images.flatMap(({ RepoTags, Labels }) => (RepoTags ?? []).map((tag) => [shortName(tag), Labels ?? {}])),
  );
}

// Podman lists full names.
const shortName = (tag) => tag.replace(/^(localhost|docker\.io)\/(library\/)?/, '');
