import type { ExecInContainer } from '../ports';
import { type CommandOptions, type CommandResult, commandResult } from './result';

/** Runs a command in a container and keeps what the kubelet keeps of its output. */
export async function runInContainer(
  execInContainer: ExecInContainer,
  id: string,
  argv: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const { timeoutMs, limitBytes } = options;
  const result = await execInContainer(id, argv, {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
  });
  return commandResult(argv, result, options);
}
