import path from 'node:path';
import { ROOT } from '../root.mjs';
import { answeringEngine } from '../setup/engine.mjs';
import { namesImage } from '../setup/example-images.mjs';
import { lackingImages } from '../setup/images.mjs';

const EXAMPLES = path.join(ROOT, 'examples');

/** Returns the given spec files without examples whose image the engine lacks, and prints the reason for each. */
export async function leaveOutExamples(files) {
  const examples = new Set(files.map(exampleOf).filter(Boolean));
  if (examples.size === 0) return files;
  const whyNot = await obstacles();
  const skipped = new Set();
  for (const example of examples) {
    const why = whyNot(example);
    if (!why) continue;
    skipped.add(example);
    process.stderr.write(`examples/${example} skipped: ${why}\n`);
  }
  return files.filter((file) => !skipped.has(exampleOf(file)));
}

/** Returns a function that returns why an example cannot run, or undefined. */
async function obstacles() {
  const engine = await answeringEngine();
  if (!engine) return () => 'there is no container engine';
  const lacking = await lackingImages(engine);
  return (example) => {
    const image = lacking.find(({ name }) => namesImage(path.join(EXAMPLES, example), name));
    return image && `the engine lacks ${image.name}; \`npm run setup\` prints why`;
  };
}

/** Returns the example of a spec file, or undefined. */
function exampleOf(file) {
  const [example, ...rest] = path.relative(EXAMPLES, file).split(path.sep);
  return example !== '..' && rest.length > 0 ? example : undefined;
}
