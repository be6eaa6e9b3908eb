/** What a command ends with: all is well, something was found, or the input cannot be used. */
export const OK = 0;
export const FOUND = 1;
export const BAD_INPUT = 2;

export type ExitCode = typeof OK | typeof FOUND | typeof BAD_INPUT;
