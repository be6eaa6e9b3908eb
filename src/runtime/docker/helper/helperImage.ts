import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { RuntimeError } from '../../runtimeError';
import type { Engine } from '../engine/engine';
import { responseStatusOf } from '../engine/engineError';
import { LOG_MODE, LOGS_FOLDER, LOGS_IN_IMAGE } from '../output/terminationLogs';
import { ownProgram } from '../programs/ownProgram';
import { linkProgram } from './linkProgram';
import { processesProgram, socketsProgram } from './processesProgram';

/** Podman looks a name without a registry up on docker.io; `localhost` is none, to any engine. */
const REPOSITORY = 'localhost/jest-kubelet/pause';
const HASH_DIGITS = 12;

type Programs = Readonly<Record<string, Buffer>>;

/**
 * The image of the sandbox container, with the programs of the helpers beside its own, imported the first time an engine
 * is asked for it: no registry is needed.
 */
export async function pauseImage(engine: Engine): Promise<string> {
  const programs = programsFor(engine.architecture);
  const image = `${REPOSITORY}:${tagOf(programs)}`;
  if (!(await isHere(engine, image))) await importPause(engine, image, programs);
  return image;
}

function programsFor(architecture: string): Programs {
  const all = [ownProgram, processesProgram, socketsProgram, linkProgram].map((program) => program(architecture));
  const [own, processes, sockets, link] = all;
  if (!own || !processes || !sockets || !link)
    throw new RuntimeError('pod sandbox', `there is no pause program for ${architecture}, only for x86_64 and aarch64`);
  return { pause: own, signal: own, forward: own, dial: own, processes, sockets, link };
}

/** Another content, another tag: one engine may serve several versions at once. */
function tagOf(programs: Programs): string {
  const hash = createHash('sha256').update(JSON.stringify([LOGS_FOLDER, LOGS_IN_IMAGE, LOG_MODE]));
  for (const [name, program] of Object.entries(programs)) hash.update(name).update(program);
  return hash.digest('hex').slice(0, HASH_DIGITS);
}

async function importPause({ docker }: Engine, image: string, programs: Programs): Promise<void> {
  // Imported once per machine: its library is not worth loading in any other run.
  const { pack } = await import('tar-stream');
  const content = pack();
  for (const [name, program] of Object.entries(programs)) content.entry({ name, mode: 0o755 }, program);
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
