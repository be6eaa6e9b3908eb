import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { RuntimeError } from '../../runtimeError';
import type { Engine } from '../engine/engine';
import { getResponseStatus } from '../engine/engineError';
import { LOG_MODE, LOGS_FOLDER, LOGS_IN_IMAGE } from '../output/terminationLogs';
import { ownProgram } from '../programs/ownProgram';

/** Podman looks a name without a registry up on docker.io. No engine treats `localhost` as a registry. */
const REPOSITORY = 'localhost/jest-kubelet/pause';
const HASH_DIGITS = 12;

/** The paths of the program in the image. The name under which it runs selects its function. */
const PROGRAMS = ['pause', 'signal', 'forward', 'dial', 'processes', 'sockets', 'link'];

/**
 * Returns the image of the sandbox container, with the helpers' programs beside its own. The image is imported when an
 * engine first needs it, without a registry.
 */
export async function pauseImage(engine: Engine): Promise<string> {
  const program = ownProgram(engine.architecture);
  if (!program) {
    const wrong = `unsupported architecture ${engine.architecture}. Use an engine on x86_64 or aarch64`;
    throw new RuntimeError('pod sandbox', wrong);
  }
  const image = `${REPOSITORY}:${tagOf(program)}`;
  if (!(await isHere(engine, image))) await importPause(engine, image, program);
  return image;
}

/** Returns a tag that depends on the content, because one engine may serve several versions at the same time. */
function tagOf(program: Buffer): string {
  const hash = createHash('sha256').update(JSON.stringify([LOGS_FOLDER, LOGS_IN_IMAGE, LOG_MODE, PROGRAMS]));
  return hash.update(program).digest('hex').slice(0, HASH_DIGITS);
}

async function importPause({ docker }: Engine, image: string, program: Buffer): Promise<void> {
  // The image is imported once per machine, so other runs need not load this library.
  const { pack } = await import('tar-stream');
  const content = pack();
  for (const name of PROGRAMS) content.entry({ name, mode: 0o755 }, program);
  for (let log = 0; log < LOGS_IN_IMAGE; log += 1) {
    content.entry({ name: `${LOGS_FOLDER.slice(1)}/${log}`, mode: LOG_MODE }, '');
  }
  content.finalize();
  // Podman ignores a tag beside the name.
  const answer = await docker.importImage(Readable.from(content), { repo: image, changes: 'ENTRYPOINT ["/pause"]' });
  await text(answer);
}

async function isHere({ docker }: Engine, image: string): Promise<boolean> {
  try {
    await docker.getImage(image).inspect();
    return true;
  } catch (error) {
    if (getResponseStatus(error) === 404) return false;
    throw error;
  }
}
