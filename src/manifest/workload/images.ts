import { formatList } from '../../wording/list';
import { ManifestError } from '../error';
import type { Container, PodSpec } from '../model';
import { defaultPullPolicy } from '../values/imageReference';
import type { Unchecked } from '../values/uncheckedManifest';

/** Images to run, by container name or by the image in the manifest (a key with `/` or `:`). */
export type Images = Readonly<Record<string, string>>;

/**
 * Replaces images of the manifest, but keeps the pull policy of the original image, as if the registry had the new one.
 * Throws a {@link ManifestError} for a key that is neither a container nor an image.
 */
export function replaceImages(spec: Unchecked<PodSpec>, images: Images, source: string): Unchecked<PodSpec> {
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  for (const key of Object.keys(images)) {
    if (!containers.some((container) => names(key, container))) throw unusedImageError(key, containers, source);
  }
  const replace = (container: Unchecked<Container>) => {
    const image = Object.entries(images).find(([key]) => names(key, container))?.[1];
    if (image === undefined) return container;
    const imagePullPolicy = container.imagePullPolicy || defaultPullPolicy(container.image ?? image);
    return { ...container, image, imagePullPolicy };
  };
  return {
    ...spec,
    ...(spec.initContainers && { initContainers: spec.initContainers.map(replace) }),
    ...(spec.containers && { containers: spec.containers.map(replace) }),
  };
}

function names(key: string, { name, image }: Unchecked<Container>): boolean {
  return /[/:]/.test(key) ? key === image : key === name;
}

function unusedImageError(key: string, containers: readonly Unchecked<Container>[], source: string): ManifestError {
  const all = containers.map(({ name, image }) => `${name} (${image ?? 'no image'})`);
  const detail = `images: no container has the name or the image ${JSON.stringify(key)}`;
  return new ManifestError([{ detail, advice: `valid containers: ${formatList(all)}` }], source);
}
