/** Prints a line about setup: what it does next, or what the machine lacks. */
export function say(line) {
  console.log(`setup: ${line}`);
}

/** A requirement that setup cannot meet: the problem, its fix, and the end of what a failed program printed. */
export class SetupError extends Error {
  name = 'SetupError';

  constructor(problem, fix, { exitCode = 1, output, cause } = {}) {
    super(output ? `${problem}. ${fix}:\n  ${output}` : `${problem}. ${fix}.`, { cause });
    this.problem = problem;
    this.exitCode = exitCode;
  }
}

/** Returns the problem in one line, for a separate message. */
export const problemOf = (error) => error.problem ?? error.message;
