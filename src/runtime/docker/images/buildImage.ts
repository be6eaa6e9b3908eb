import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type ImageBuild, imageTag } from '../../imageBuild';
import { RuntimeError } from '../../runtimeError';
import type { Engine } from '../engine/engine';
import { getEngineMessage, getResponseStatus } from '../engine/engineError';

/** The number of lines of a failed build's output that are shown. */
const SHOWN_LINES = 20;

interface BuildProgress {
  readonly stream?: string;
  readonly error?: string;
}

/**
 * Builds an image on the engine, with the engine's build cache and `.dockerignore`.
 *
 * @throws RuntimeError if there is no Dockerfile, or if a step of it fails: with the end of the build's output.
 */
export async function buildImage({ docker }: Engine, image: ImageBuild): Promise<void> {
  const { build, dockerfile = 'Dockerfile', args = {}, target } = image;
  const file = path.join(build, dockerfile);
  if (!existsSync(file))
    throw new RuntimeError(file, 'Dockerfile not found. Set build and dockerfile to the path of a Dockerfile');
  const options = {
    t: imageTag(image),
    dockerfile,
    buildargs: args,
    rm: true,
    forcerm: true,
    ...(target && { target }),
  };
  try {
    const progress = await docker.buildImage({ context: build, src: ['.'] }, options);
    await follow(file, progress as Readable);
  } catch (cause) {
    if (getResponseStatus(cause) === undefined) throw cause;
    throw new RuntimeError(file, `failed to build the image: ${getEngineMessage(cause)}`, { cause });
  }
}

/**
 * Follows the output of a build. The engine responds with 200 before the build starts, and reports a failure as the
 * last line.
 */
async function follow(file: string, progress: Readable): Promise<void> {
  let printed = '';
  for await (const line of createInterface({ input: progress })) {
    if (line.trim() === '') continue;
    const { stream = '', error } = JSON.parse(line) as BuildProgress;
    printed += stream;
    if (error === undefined) continue;
    const end = printed.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
    throw new RuntimeError(file, `failed to build the image: ${error.trim()}\n${end}`);
  }
}
