import { printable } from '../escaping/terminal';

/** A command that a test ran in a container exited with a code other than 0. `exec(…, { reject: false })` returns it instead. */
export class ExecError extends Error {
  override readonly name = 'ExecError';
  readonly exitCode: number;
  /** Standard output followed by standard error. */
  readonly output: string;

  constructor(container: string, argv: readonly string[], exitCode: number, output: string) {
    super(`container ${container}: ${argv.map(printable).join(' ')} exited with ${exitCode}${shown(output)}`);
    this.exitCode = exitCode;
    this.output = output;
  }
}

/** What a container wrote is shown, and never acted on by a terminal. */
function shown(output: string): string {
  const lines = output.trim().split('\n').map(printable);
  return lines.join('\n') && `: ${lines.join('\n')}`;
}
