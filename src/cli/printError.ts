import { ManifestError } from '../manifest/error';
import { RuntimeError } from '../runtime/runtimeError';
import type { Console } from './console';
import { BAD_INPUT, type ExitCode, INTERRUPTED, NO_ENGINE } from './exitCode';
import { Interrupted } from './gate/runUntilInterrupted';

/** Prints why a command failed, and returns its exit code. */
export function printError(error: unknown, console: Console): ExitCode {
  if (error instanceof ManifestError) {
    // The message names the option of a test. A command has a flag for it.
    console.err(error.message.replace(/allow: \['(\w+)'\]/g, '--allow $1'));
    return BAD_INPUT;
  }
  console.err(`jest-kubelet: ${error instanceof Error ? error.message : String(error)}`);
  if (error instanceof Interrupted) return INTERRUPTED;
  return error instanceof RuntimeError ? NO_ENGINE : BAD_INPUT;
}
