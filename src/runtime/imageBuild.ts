import { createHash } from 'node:crypto';
import path from 'node:path';

/** An image that is built from a Dockerfile before its pod runs. */
export interface ImageBuild {
  /** The folder that the Dockerfile copies from. A relative path starts at the working directory. */
  readonly build: string;
  /** Path of the Dockerfile within that folder. Default: `Dockerfile`. */
  readonly dockerfile?: string;
  /** Values for its ARGs. */
  readonly args?: Readonly<Record<string, string>>;
  /** The stage to build, if the Dockerfile has several. */
  readonly target?: string;
}

/** Returns the build with an absolute path, because another process has another working directory. */
export function resolveBuild(image: ImageBuild): ImageBuild {
  return { ...image, build: path.resolve(image.build) };
}

/** Returns the name of the image. It is the same each time, so that a build replaces the one before it. */
export function imageTag(image: ImageBuild): string {
  const folder = path
    .basename(image.build)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const hash = createHash('sha256').update(JSON.stringify(image)).digest('hex');
  return `jest-kubelet-build/${folder || 'image'}:${hash.slice(0, 12)}`;
}
