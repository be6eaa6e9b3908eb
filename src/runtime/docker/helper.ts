import { RuntimeError } from '../runtimeError';
import type { CreateOptions } from './containerOptions';
import { messageOf } from './engineError';
import { unlessGone } from './remove';
import type { Run } from './run';

/**
 * Runs a program of the pause image once, as root on the engine's own machine, and removes its container. The program
 * says by its exit code whether it could do what it is for.
 *
 * @throws RuntimeError about `what` when it could not.
 */
export function runHelper(
  run: Run,
  argv: readonly string[],
  host: CreateOptions['HostConfig'],
  what: string,
): Promise<void> {
  const help = doHelp(run, argv, host, what).finally(() => run.helpers.delete(help));
  run.helpers.add(help);
  return help;
}

async function doHelp(
  { engine: { docker }, labels, pauseImage }: Run,
  argv: readonly string[],
  host: CreateOptions['HostConfig'],
  what: string,
): Promise<void> {
  const refused = (wrong: string, cause?: unknown) =>
    new RuntimeError('container engine', `${what}: ${wrong}`, { cause });
  try {
    const helper = await docker.createContainer({
      Image: pauseImage,
      Entrypoint: [...argv],
      User: '0',
      Labels: { ...labels },
      HostConfig: { NetworkMode: 'none', RestartPolicy: { Name: 'no' }, AutoRemove: false, ...host },
    });
    try {
      await helper.start();
      const { StatusCode } = (await helper.wait()) as { readonly StatusCode: number };
      if (StatusCode !== 0) throw refused('it does not let a container of ours do that; is it rootless, or hardened?');
    } finally {
      await unlessGone(helper.remove({ force: true, v: true }));
    }
  } catch (cause) {
    throw cause instanceof RuntimeError ? cause : refused(messageOf(cause), cause);
  }
}
