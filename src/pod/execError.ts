/** A command that a test ran in a container exited with a code other than 0. `exec(…, { reject: false })` returns it instead. */
export class ExecError extends Error {
  override readonly name = 'ExecError';
  readonly exitCode: number;
  /** Standard output followed by standard error. */
  readonly output: string;

  constructor(container: string, argv: readonly string[], exitCode: number, output: string) {
    super(`container ${container}: ${argv.join(' ')} exited with ${exitCode}${output.trim() && `: ${output.trim()}`}`);
    this.exitCode = exitCode;
    this.output = output;
  }
}
