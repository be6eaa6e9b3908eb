import { RuntimeError } from '../../runtimeError';
import type { CreateOptions } from '../engine/docker';
import { getEngineMessage } from '../engine/engineError';
import { unlessGone } from '../engine/remove';
import type { Run } from '../run';
import { createHelper, execInHelper, HELPER_FIX } from './helper';

/**
 * Runs a program of the pause image to its end and returns its output. Rejects if it exits with a code other than 0.
 */
export type RunProgram = (argv: readonly string[]) => Promise<Buffer>;

/**
 * Runs `work` with a container of ours, in which it can run programs of the pause image as root on the engine's
 * machine, and removes the container afterwards. `what` is an infinitive for messages.
 *
 * @throws RuntimeError if the engine does not permit it.
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
      return await work((argv) => execInHelper(helper, argv));
    } finally {
      await unlessGone(helper.remove({ force: true, v: true }));
    }
  } catch (cause) {
    if (cause instanceof RuntimeError) throw cause;
    throw new RuntimeError('container engine', `failed to ${what}: ${getEngineMessage(cause)}. ${HELPER_FIX}`, {
      cause,
    });
  }
}
