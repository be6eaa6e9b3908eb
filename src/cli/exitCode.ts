/** Exit codes: no problem, a failure was found, the input is invalid, or the container engine failed. */
export const OK = 0;
export const FOUND = 1;
export const BAD_INPUT = 2;
export const NO_ENGINE = 3;
/** Interrupted, for example by Ctrl-C: 128 plus the number of SIGINT, like a shell. */
export const INTERRUPTED = 130;

export type ExitCode = typeof OK | typeof FOUND | typeof BAD_INPUT | typeof NO_ENGINE | typeof INTERRUPTED;
