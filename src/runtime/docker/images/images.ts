import type { Observation } from '../../../kubelet/state/protocol';
import { failedByEngine } from '../../failedStart';
import type { Engine } from '../engine/engine';
import { getEngineMessage, getResponseStatus } from '../engine/engineError';

/** Go's errors for a request without a response. */
const UNANSWERED =
  /dial tcp|(read|write) tcp|EOF|no such host|i\/o timeout|TLS handshake timeout|Client\.Timeout|context deadline/;

/** The image of a container. */
export interface ImageRequest {
  readonly container: string;
  readonly image: string;
  /** True if the test passed it. It then stands in for an image of the registry. */
  readonly isGiven: boolean;
}

type ImageInspection = Awaited<ReturnType<ReturnType<Engine['docker']['getImage']>['inspect']>>;

/** The settings of an image that apply if the manifest does not set them. */
export interface ImageConfig {
  /** `user`, `user:group` or nothing, by name or by number. */
  readonly user?: string;
  readonly stopSignal?: string;
  /** Paths that it declares as volumes. */
  readonly volumes?: readonly string[];
}

/** The images of a pod's containers on the engine. */
export class ImageStore {
  readonly #engine: Engine;
  /**
   * The latest description of each image, until a container is created from it. That happens soon after, and needs no
   * second request.
   */
  readonly #found = new Map<string, ImageInspection>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Returns the settings of an image. For a missing image it returns none, and the creation of the container fails. */
  async config(image: string): Promise<ImageConfig> {
    const { Config = {} } = this.#found.get(image) ?? (await this.#inspect(image)) ?? {};
    this.#found.delete(image);
    const { User, StopSignal, Volumes } = Config as {
      readonly User?: string;
      readonly StopSignal?: string;
      readonly Volumes?: Readonly<Record<string, unknown>> | null;
    };
    const volumes = Object.keys(Volumes ?? {});
    return {
      ...(User && { user: User }),
      ...(StopSignal && { stopSignal: StopSignal }),
      ...(volumes.length > 0 && { volumes }),
    };
  }

  async inspect({ container, image }: ImageRequest): Promise<Observation> {
    try {
      return { kind: 'ImageInspected', container, present: (await this.#inspect(image)) !== undefined };
    } catch (error) {
      if (getResponseStatus(error) === undefined) throw error;
      const failed = failedByEngine('inspect', getEngineMessage(error));
      return { kind: 'ImagePullFailed', container, reason: 'ImageInspectError', ...failed };
    }
  }

  /**
   * Pulls an image. If the image is present, it is not pulled if the test passed it, and it is used as it is if the
   * registry does not respond.
   */
  async pull({ container, image, isGiven }: ImageRequest): Promise<Observation> {
    const askedAt = performance.now();
    const reportPulled = ({ Size: sizeBytes }: ImageInspection, notPulled?: string): Observation => {
      const tookMs = Math.round(performance.now() - askedAt);
      return { kind: 'ImagePulled', container, tookMs, sizeBytes, ...(notPulled !== undefined && { notPulled }) };
    };
    const reportFailed = (message: string): Observation => {
      return { kind: 'ImagePullFailed', container, reason: 'ErrImagePull', ...failedByEngine('pull', message) };
    };

    const here = await this.#inspect(image);
    if (isGiven && here) return reportPulled(here);
    try {
      await this.#engine.pull(withTag(image));
    } catch (error) {
      const message = getEngineMessage(error);
      return here && isUnanswered(error) ? reportPulled(here, message) : reportFailed(message);
    }
    // An error in the middle of a pull ends it without an error message, so the presence of the image decides.
    const found = await this.#inspect(image);
    return found ? reportPulled(found) : reportFailed(`the pull of "${image}" was interrupted`);
  }

  /** Returns the description of an image, or undefined if it is missing. */
  async #inspect(image: string): Promise<ImageInspection | undefined> {
    this.#found.delete(image);
    try {
      const found = await this.#engine.docker.getImage(image).inspect();
      this.#found.set(image, found);
      return found;
    } catch (error) {
      if (getResponseStatus(error) === 404) return undefined;
      throw error;
    }
  }
}

/**
 * Returns true if the registry did not respond. The engine reports "server error" then, and other errors if the
 * registry rejects the request.
 */
function isUnanswered(error: unknown): boolean {
  return getResponseStatus(error) === 500 && UNANSWERED.test(getEngineMessage(error));
}

/** Returns the name with a tag, because the engine pulls every tag of a name without one. */
function withTag(image: string): string {
  return /[:@][^/]*$/.test(image) ? image : `${image}:latest`;
}
