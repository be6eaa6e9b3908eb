import { RuntimeError } from '../../runtimeError';
import type { CreateOptions } from '../containers/containerOptions';
import { exitCodeOf } from '../containers/execExit';
import type { Docker } from '../engine/engine';
import { messageOf } from '../engine/engineError';
import { framesOf } from '../engine/rawStream';
import { unlessGone } from '../engine/remove';
import type { Run } from '../engine/run';
import { OWN_CONTAINER } from './ownContainer';

/** Runs a program of the pause image to its end and returns its output; rejects where it exits with another code than 0. */
export type RunProgram = (argv: readonly string[]) => Promise<Buffer>;

export type Helper = ReturnType<Docker['getContainer']>;

export const HELPER_FIX = 'Check that the engine may run a container as root: a rootless or hardened one may not';

/**
 * Has `work` run programs of the pause image in a container of ours, as root on the engine's own machine, and removes
 * that container afterwards.
 *
 * @throws RuntimeError where the engine does not let it; `what` says to do what, as an infinitive.
 */
export function withHelper<T>(
  run: Run,
  host: CreateOptions['HostConfig'],
  what: string,
  work: (runProgram: RunProgram) => Promise<T>,
): Promise<T> {
  const help = doHelp(run, host, what, work).finally(() => run.helpers.delete(help));
  run.helpers.add(help);
  return help;
}

async function doHelp<T>(
  run: Run,
  host: CreateOptions['HostConfig'],
  what: string,
  work: (runProgram: RunProgram) => Promise<T>,
): Promise<T> {
  try {
    const helper = await createHelper(run, host);
    try {
      await helper.start();
      return await work((argv) => runIn(helper, argv));
    } finally {
      await unlessGone(helper.remove({ force: true, v: true }));
    }
  } catch (cause) {
    if (cause instanceof RuntimeError) throw cause;
    throw new RuntimeError('container engine', `failed to ${what}: ${messageOf(cause)}. ${HELPER_FIX}`, { cause });
  }
}

/** Creates a container of the pause image that programs can be run in, once it is started. */
export function createHelper(
  { engine, labels, pauseImage }: Pick<Run, 'engine' | 'labels' | 'pauseImage'>,
  host: CreateOptions['HostConfig'],
): Promise<Helper> {
  return engine.docker.createContainer({
    Image: pauseImage,
    User: '0',
    Labels: { ...labels },
    HostConfig: { ...OWN_CONTAINER, ReadonlyRootfs: true, NetworkMode: 'none', ...host },
  });
}

export async function runIn(helper: Helper, argv: readonly string[]): Promise<Buffer> {
  const exec = await helper.exec({ Cmd: [...argv], AttachStdout: true, AttachStderr: true });
  const written: Buffer[] = [];
  for await (const { content } of framesOf(await exec.start({}))) written.push(content);
  const exitCode = await exitCodeOf(exec);
  const output = Buffer.concat(written);
  if (exitCode === 0) return output;
  throw new Error(`${argv[0]} exited with ${exitCode} ${output}`.trim());
}
