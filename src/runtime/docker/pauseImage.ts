import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { RuntimeError } from '../runtimeError';
import { dialProgram } from './dialProgram';
import type { Engine } from './engine';
import { statusOf } from './engineError';
import { linkProgram } from './linkProgram';
import { processesProgram } from './processesProgram';
import { ownProgram } from './programs/ownProgram';
import { LOG_MODE, LOGS_FOLDER, LOGS_IN_IMAGE } from './terminationLogs';

/** Podman looks a name without a registry up on docker.io; `localhost` is none, to any engine. */
const REPOSITORY = 'localhost/jest-kubelet/pause';
/** Another content, another tag. */
const IMAGE = `${REPOSITORY}:8`;

/**
 * The image of the sandbox container, with the programs of the helpers beside its own, imported the first time an engine
 * is asked for it: no registry is needed.
 */
export async function pauseImage(engine: Engine): Promise<string> {
  if (!(await isHere(engine, IMAGE))) await importPause(engine);
  return IMAGE;
}

async function importPause({ docker, architecture }: Engine): Promise<void> {
  const all = [ownProgram, processesProgram, linkProgram, dialProgram].map((program) => program(architecture));
  const [own, processes, link, dial] = all;
  if (!own || !processes || !link || !dial)
    throw new RuntimeError('pod sandbox', `there is no pause program for ${architecture}, only for x86_64 and aarch64`);
  // Imported once per machine: its library is not worth loading in any other run.
  const { pack } = await import('tar-stream');
  const content = pack();
  for (const [name, program] of Object.entries({ pause: own, signal: own, forward: own, processes, link, dial }))
    content.entry({ name, mode: 0o755 }, program);
  for (let log = 0; log < LOGS_IN_IMAGE; log += 1) {
    content.entry({ name: `${LOGS_FOLDER.slice(1)}/${log}`, mode: LOG_MODE }, '');
  }
  content.finalize();
  // Podman takes no notice of a tag beside the name.
  const answer = await docker.importImage(Readable.from(content), { repo: IMAGE, changes: 'ENTRYPOINT ["/pause"]' });
  await text(answer);
}

async function isHere({ docker }: Engine, image: string): Promise<boolean> {
  try {
    await docker.getImage(image).inspect();
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}
