/** What a command ends with: all is well, something was found, the input cannot be used, or the engine fails. */
export const OK = 0;
export const FOUND = 1;
export const BAD_INPUT = 2;
export const NO_ENGINE = 3;
/** Somebody ended it, as by Ctrl-C: 128 and the number of SIGINT, as a shell has it. */
export const INTERRUPTED = 130;

export type ExitCode = typeof OK | typeof FOUND | typeof BAD_INPUT | typeof NO_ENGINE | typeof INTERRUPTED;
