import { waitForExitCode } from '../containers/execExit';
import type { CreateOptions, Docker } from '../engine/docker';
import type { Engine } from '../engine/engine';
import { readFrames } from '../engine/rawStream';
import { OWN_CONTAINER } from './ownContainer';

/** The parts of a run that a helper container needs. */
export interface HelperParts {
  readonly engine: Engine;
  readonly labels: Readonly<Record<string, string>>;
  /** The image of the sandbox containers, with the programs. */
  readonly pauseImage: string;
}

/** Creates a container of the pause image. Programs can be run in it once it is started. */
export function createHelper(
  { engine, labels, pauseImage }: HelperParts,
  host: CreateOptions['HostConfig'],
): Promise<Helper> {
  return engine.docker.createContainer({
    Image: pauseImage,
    User: '0',
    Labels: { ...labels },
    HostConfig: { ...OWN_CONTAINER, ReadonlyRootfs: true, NetworkMode: 'none', ...host },
  });
}

export type Helper = ReturnType<Docker['getContainer']>;

export const HELPER_FIX = 'Check that the engine may run a container as root: a rootless or hardened one may not';

export async function execInHelper(helper: Helper, argv: readonly string[]): Promise<Buffer> {
  const exec = await helper.exec({ Cmd: [...argv], AttachStdout: true, AttachStderr: true });
  const written: Buffer[] = [];
  for await (const { content } of readFrames(await exec.start({}))) written.push(content);
  const exitCode = await waitForExitCode(exec);
  const output = Buffer.concat(written);
  if (exitCode === 0) return output;
  throw new Error(`${argv[0]} exited with ${exitCode} ${output}`.trim());
}
