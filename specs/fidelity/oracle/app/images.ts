import type { Container } from '../../../../src/manifest/model';
import { argvOf } from '../../containerArgv';

/** An image of the node, as far as it decides what runs. */
interface NodeImage {
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  /** Programs beside busybox' own. */
  readonly programs: readonly string[];
}

/** The images that are on the node; any other is not, and no registry has it. */
const IMAGES: Readonly<Record<string, NodeImage>> = {
  'busybox:1.36': { cmd: ['sh'], programs: [] },
  'oracle/app:2': { entrypoint: ['/app'], programs: ['/app'] },
  'oracle/empty:1': { programs: [] },
};

export function imageOf({ image }: Container): NodeImage | undefined {
  return Object.hasOwn(IMAGES, image) ? IMAGES[image] : undefined;
}

/** Returns the command of a container, without expansion of `$(NAME)` references. */
export function commandOf(container: Container): readonly string[] {
  return argvOf(imageOf(container) ?? {}, container);
}
