/** A command is not called as it can be: what is wrong, and what would be right, in a line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
