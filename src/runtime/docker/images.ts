import type { Observation } from '../../kubelet/words';
import type { Engine } from './engine';
import { messageOf, statusOf } from './engineError';
import { faultOf } from './imageReference';

/** An image a container asks for. */
export interface WantedImage {
  readonly container: string;
  /** The image to run, which need not be the one the manifest names. */
  readonly reference: string;
  /** Whether the test gave it: it then stands for one that is already in the registry. */
  readonly given: boolean;
}

export async function inspectImage(engine: Engine, { container, reference }: WantedImage): Promise<Observation> {
  const fault = faultOf(reference);
  if (fault) return { kind: 'ImagePullFailed', container, reason: 'InvalidImageName', message: fault };
  return { kind: 'ImageInspected', container, present: (await sizeOf(engine, reference)) !== undefined };
}

/**
 * Pulls an image. One that is here is pulled without its registry where the test gave it, and taken as it is where the
 * registry does not answer.
 */
export async function pullImage(engine: Engine, { container, reference, given }: WantedImage): Promise<Observation> {
  const fault = faultOf(reference);
  if (fault) return { kind: 'ImagePullFailed', container, reason: 'InvalidImageName', message: fault };

  const askedAt = performance.now();
  const pulled = (sizeBytes: number): Observation => {
    return { kind: 'ImagePulled', container, tookMs: Math.round(performance.now() - askedAt), sizeBytes };
  };
  const failed = (message: string): Observation => {
    return { kind: 'ImagePullFailed', container, reason: 'ErrImagePull', message };
  };

  const here = await sizeOf(engine, reference);
  if (given && here !== undefined) return pulled(here);
  try {
    await engine.pull(withTag(reference));
  } catch (error) {
    return here !== undefined && isUnanswered(error) ? pulled(here) : failed(messageOf(error));
  }
  // An error in the middle of a pull ends it without a word: what counts is whether the image is here.
  const size = await sizeOf(engine, reference);
  return size === undefined ? failed(`the pull of "${reference}" broke off`) : pulled(size);
}

/** The size of an image that is here. */
async function sizeOf({ docker }: Engine, reference: string): Promise<number | undefined> {
  try {
    return (await docker.getImage(reference).inspect()).Size;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** The engine says "server error" when it cannot reach a registry, and others when the registry refuses. */
function isUnanswered(error: unknown): boolean {
  return (
    statusOf(error) === 500 &&
    /dial tcp|i\/o timeout|connection re|no such host|TLS handshake|EOF|Client\.Timeout|context deadline/.test(
      messageOf(error),
    )
  );
}

/** Without a tag the engine would pull every one there is. */
function withTag(reference: string): string {
  return /[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`;
}
