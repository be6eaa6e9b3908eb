import type { Observation } from '../../../kubelet/state/protocol';
import { failedByEngine } from '../../failedStart';
import type { Engine } from '../engine/engine';
import { messageOf, responseStatusOf } from '../engine/engineError';

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

type ImageInspection = Awaited<ReturnType<ReturnType<Engine['docker']['getImage']>['inspect']>>;

/** What an image says of how it is run, as far as the manifest may leave that to it. */
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
  /** What was found last of an image, until a container is made of it: that comes at once, and need not ask again. */
  readonly #found = new Map<string, ImageInspection>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Says nothing of an image that is not here: creating a container from it will. */
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

  async inspect({ container, image }: WantedImage): Promise<Observation> {
    try {
      return { kind: 'ImageInspected', container, present: (await this.#inspect(image)) !== undefined };
    } catch (error) {
      if (responseStatusOf(error) === undefined) throw error;
      const failed = failedByEngine('inspect', messageOf(error));
      return { kind: 'ImagePullFailed', container, reason: 'ImageInspectError', ...failed };
    }
  }

  /**
   * Pulls an image. One that is here is pulled without its registry where the test gave it, and taken as it is where the
   * registry does not answer.
   */
  async pull({ container, image, isGiven }: WantedImage): Promise<Observation> {
    const askedAt = performance.now();
    const pulled = ({ Size: sizeBytes }: ImageInspection, notPulled?: string): Observation => {
      const tookMs = Math.round(performance.now() - askedAt);
      return { kind: 'ImagePulled', container, tookMs, sizeBytes, ...(notPulled !== undefined && { notPulled }) };
    };
    const failed = (message: string): Observation => {
      return { kind: 'ImagePullFailed', container, reason: 'ErrImagePull', ...failedByEngine('pull', message) };
    };

    const here = await this.#inspect(image);
    if (isGiven && here) return pulled(here);
    try {
      await this.#engine.pull(withTag(image));
    } catch (error) {
      const message = messageOf(error);
      return here && isUnanswered(error) ? pulled(here, message) : failed(message);
    }
    // An error in the middle of a pull ends it without a word: what counts is whether the image is here.
    const found = await this.#inspect(image);
    return found ? pulled(found) : failed(`the pull of "${image}" broke off`);
  }

  /** Undefined for one that is not here. */
  async #inspect(image: string): Promise<ImageInspection | undefined> {
    this.#found.delete(image);
    try {
      const found = await this.#engine.docker.getImage(image).inspect();
      this.#found.set(image, found);
      return found;
    } catch (error) {
      if (responseStatusOf(error) === 404) return undefined;
      throw error;
    }
  }
}

/** The engine says "server error" when it cannot reach a registry, and others when the registry refuses. */
function isUnanswered(error: unknown): boolean {
  return responseStatusOf(error) === 500 && UNANSWERED.test(messageOf(error));
}

/** Without a tag the engine would pull every one there is. */
function withTag(image: string): string {
  return /[:@][^/]*$/.test(image) ? image : `${image}:latest`;
}
