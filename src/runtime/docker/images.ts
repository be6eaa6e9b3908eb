import type { Observation } from '../../kubelet/words';
import { isImageReference } from '../../manifest/imageReference';
import type { Engine } from './engine';
import { messageOf, statusOf } from './engineError';

/** What Go says of a request that got no answer. */
const UNANSWERED =
  /dial tcp|(read|write) tcp|EOF|no such host|i\/o timeout|TLS handshake timeout|Client\.Timeout|context deadline/;

/** An image a container asks for. */
export interface WantedImage {
  readonly container: string;
  readonly image: string;
  /** Whether the test gave it: it then stands for one that is in the registry. */
  readonly isGiven: boolean;
}

/** What an image says of how it is run, as far as the manifest may leave that to it. */
export interface ImageConfig {
  /** `user`, `user:group` or nothing, by name or by number. */
  readonly user?: string;
  readonly stopSignal?: string;
}

/** Says nothing of an image that is not here: creating a container from it will. */
export async function imageConfig({ docker }: Engine, image: string): Promise<ImageConfig> {
  try {
    const { Config = {} } = await docker.getImage(image).inspect();
    const { User, StopSignal } = Config as { readonly User?: string; readonly StopSignal?: string };
    return { ...(User && { user: User }), ...(StopSignal && { stopSignal: StopSignal }) };
  } catch (error) {
    if (statusOf(error) === 404) return {};
    throw error;
  }
}

export async function inspectImage(engine: Engine, { container, image }: WantedImage): Promise<Observation> {
  if (!isImageReference(image)) return invalidName(container, image);
  try {
    return { kind: 'ImageInspected', container, present: (await sizeOf(engine, image)) !== undefined };
  } catch (error) {
    if (statusOf(error) === undefined) throw error;
    const message = `Failed to inspect image "${image}": ${messageOf(error)}`;
    return { kind: 'ImagePullFailed', container, reason: 'ImageInspectError', message };
  }
}

/**
 * Pulls an image. One that is here is pulled without its registry where the test gave it, and taken as it is where the
 * registry does not answer.
 */
export async function pullImage(engine: Engine, { container, image, isGiven }: WantedImage): Promise<Observation> {
  if (!isImageReference(image)) return invalidName(container, image);
  const askedAt = performance.now();
  const pulled = (sizeBytes: number, notPulled?: string): Observation => {
    const tookMs = Math.round(performance.now() - askedAt);
    return { kind: 'ImagePulled', container, tookMs, sizeBytes, ...(notPulled !== undefined && { notPulled }) };
  };
  const failed = (message: string): Observation => {
    return { kind: 'ImagePullFailed', container, reason: 'ErrImagePull', message };
  };

  const here = await sizeOf(engine, image);
  if (isGiven && here !== undefined) return pulled(here);
  try {
    await engine.pull(withTag(image));
  } catch (error) {
    const message = messageOf(error);
    return here !== undefined && isUnanswered(error) ? pulled(here, message) : failed(message);
  }
  // An error in the middle of a pull ends it without a word: what counts is whether the image is here.
  const size = await sizeOf(engine, image);
  return size === undefined ? failed(`the pull of "${image}" broke off`) : pulled(size);
}

/** Source: images/image_manager.go `EnsureImageExists`, `applyDefaultImageTag`. */
function invalidName(container: string, image: string): Observation {
  const rule = isImageReference(image.toLowerCase())
    ? 'invalid reference format: repository name must be lowercase'
    : 'invalid reference format';
  const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${rule}`;
  return { kind: 'ImagePullFailed', container, reason: 'InvalidImageName', message };
}

/** The size of an image that is here. */
async function sizeOf({ docker }: Engine, image: string): Promise<number | undefined> {
  try {
    return (await docker.getImage(image).inspect()).Size;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** The engine says "server error" when it cannot reach a registry, and others when the registry refuses. */
function isUnanswered(error: unknown): boolean {
  return statusOf(error) === 500 && UNANSWERED.test(messageOf(error));
}

/** Without a tag the engine would pull every one there is. */
function withTag(image: string): string {
  return /[:@][^/]*$/.test(image) ? image : `${image}:latest`;
}
