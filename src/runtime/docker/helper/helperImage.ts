import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { RuntimeError } from '../../runtimeError';
import type { Engine } from '../engine/engine';
import { responseStatusOf } from '../engine/engineError';
import { LOG_MODE, LOGS_FOLDER, LOGS_IN_IMAGE } from '../output/terminationLogs';
import { ownProgram } from '../programs/ownProgram';

/** Podman looks a name without a registry up on docker.io; `localhost` is none, to any engine. */
const REPOSITORY = 'localhost/jest-kubelet/pause';
const HASH_DIGITS = 12;

/** Where the image has the program: the name it is run by decides which of them it is. */
const PROGRAMS = ['pause', 'signal', 'forward', 'dial', 'processes', 'sockets', 'link'];

/**
 * The image of the sandbox container, with the programs of the helpers beside its own, imported the first time an engine
 * is asked for it: no registry is needed.
 */
export async function pauseImage(engine: Engine): Promise<string> {
  const program = ownProgram(engine.architecture);
  if (!program) {
    const wrong = `there is no pause program for ${engine.architecture}, only for x86_64 and aarch64`;
    throw new RuntimeError('pod sandbox', wrong);
  }
  const image = `${REPOSITORY}:${tagOf(program)}`;
  if (!(await isHere(engine, image))) await importPause(engine, image, program);
  return image;
}

/** Another content, another tag: one engine may serve several versions at once. */
function tagOf(program: Buffer): string {
  const hash = createHash('sha256').update(JSON.stringify([LOGS_FOLDER, LOGS_IN_IMAGE, LOG_MODE, PROGRAMS]));
  return hash.update(program).digest('hex').slice(0, HASH_DIGITS);
}

async function importPause({ docker }: Engine, image: string, program: Buffer): Promise<void> {
  // Imported once per machine: its library is not worth loading in any other run.
  const { pack } = await import('tar-stream');
  const content = pack();
  for (const name of PROGRAMS) content.entry({ name, mode: 0o755 }, program);
  for (let log = 0; log < LOGS_IN_IMAGE; log += 1) {
    content.entry({ name: `${LOGS_FOLDER.slice(1)}/${log}`, mode: LOG_MODE }, '');
  }
  content.finalize();
  // Podman takes no notice of a tag beside the name.
  const answer = await docker.importImage(Readable.from(content), { repo: image, changes: 'ENTRYPOINT ["/pause"]' });
  await text(answer);
}

async function isHere({ docker }: Engine, image: string): Promise<boolean> {
  try {
    await docker.getImage(image).inspect();
    return true;
  } catch (error) {
    if (responseStatusOf(error) === 404) return false;
    throw error;
  }
}
