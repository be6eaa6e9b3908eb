/** Error in the arguments of a command: what is wrong and how to fix it, on one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
