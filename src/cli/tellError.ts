import { ManifestError } from '../manifest/error';
import { RuntimeError } from '../runtime/runtimeError';
import type { Console } from './console';
import { BAD_INPUT, type ExitCode, INTERRUPTED, NO_ENGINE } from './exitCode';
import { Interrupted } from './gate/runUntilInterrupted';

/** Tells why a command could not do its work, and what it ends with. */
export function tellError(error: unknown, console: Console): ExitCode {
  if (error instanceof ManifestError) {
    // What a test allows in its options, a command allows by one.
    console.err(error.message.replace(/allow: \['(\w+)'\]/g, '--allow $1'));
    return BAD_INPUT;
  }
  console.err(`jest-kubelet: ${error instanceof Error ? error.message : String(error)}`);
  if (error instanceof Interrupted) return INTERRUPTED;
  return error instanceof RuntimeError ? NO_ENGINE : BAD_INPUT;
}
