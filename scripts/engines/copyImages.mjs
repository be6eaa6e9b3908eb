import { BASE_IMAGES } from '../setup/base-images.mjs';
import { assertSucceeds, EngineApi } from '../setup/engine-api.mjs';
import { exampleImages } from '../setup/example-images.mjs';
import { say } from '../setup/say.mjs';

/** Returns the images that specs and gates need, as far as an engine has them: their ids by name. */
export async function imagesOn(machine) {
  const found = new Map();
  for (const { name } of [...BASE_IMAGES, ...exampleImages()]) {
    const image = await machine.get(`/images/${name}/json`).catch(() => undefined);
    if (image) found.set(name, image.Id);
  }
  return found;
}

/** Copies these images from the engine of this machine to another one. */
export async function copyImages(machine, { host }) {
  const names = [...(await imagesOn(machine)).keys()];
  say(`copies ${names.length} images to ${host}`);
  const saved = await machine.request('GET', `/images/get?${names.map((name) => `names=${name}`).join('&')}`);
  await assertSucceeds(await new EngineApi(host).request('POST', '/images/load?quiet=1', { body: saved }));
}
