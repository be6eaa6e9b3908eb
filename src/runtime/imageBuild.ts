import { createHash } from 'node:crypto';
import path from 'node:path';

/** An image that is built from a Dockerfile before its pod runs. */
export interface ImageBuild {
  /** The folder that the Dockerfile copies from; a relative one begins at the working directory. */
  readonly build: string;
  /** Where the Dockerfile is, as seen from that folder: `Dockerfile` where absent. */
  readonly dockerfile?: string;
  /** Values for its ARGs. */
  readonly args?: Readonly<Record<string, string>>;
  /** The stage to build, of several. */
  readonly target?: string;
}

/** The build with its folder's whole path: another process has another working directory. */
export function located(image: ImageBuild): ImageBuild {
  return { ...image, build: path.resolve(image.build) };
}

/** What the image is called: the same each time, so that a build replaces the one before it. */
export function imageTag(image: ImageBuild): string {
  const folder = path
    .basename(image.build)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const hash = createHash('sha256').update(JSON.stringify(image)).digest('hex');
  return `jest-kubelet-build/${folder || 'image'}:${hash.slice(0, 12)}`;
}
