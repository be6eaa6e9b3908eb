import type { HandlerFailure } from '../../timeline/causes';
import { networkFailureIn } from '../netError';

/** Texts of container engines that cannot start a program. */
const NOT_STARTED = /executable file not found|OCI runtime exec failed|exit(?:ed with)? (?:code )?126/i;
const NO_FILE = /no such file or directory/i;
/** Texts of a shell, or of env, that does not find a program. Other programs report missing files of their own. */
const NOT_IN_SHELL = /^(?:\S*\/)?(?:(?:sh|[bd]?ash|[kz]sh): .*\bnot found$|env: .*no such file or directory)/im;

/** Returns why the container engine could not run a command, read once from its text; undefined if that is unknown. */
export function classifyEngineFailure(message: string): HandlerFailure | undefined {
  return NOT_STARTED.test(message) || NO_FILE.test(message) ? { kind: 'programMissing' } : undefined;
}

/** Returns why a command exited with an error, read once from its output. */
export function classifyExit(exitCode: number, output: string): HandlerFailure {
  if (NOT_STARTED.test(output) || NOT_IN_SHELL.test(output)) return { kind: 'programMissing', exitCode };
  const says = networkFailureIn(output);
  return { kind: 'exit', exitCode, ...(says && { says }) };
}
