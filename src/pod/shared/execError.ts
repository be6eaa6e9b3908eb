import type { ExecOutcome } from '../../agent/ipc/messages';
import { printable } from '../../escaping/terminal';

/**
 * Error of a command in a container that exited with a code other than 0. With `exec(…, { reject: false })`, the result
 * is returned instead.
 */
export class ExecError extends Error {
  override readonly name = 'ExecError';
  readonly exitCode: number;
  // Not a field, because a failed test prints the fields of an error.
  readonly #output: string;

  constructor(
    container: string,
    argv: readonly string[],
    { exitCode, output }: ExecOutcome,
    hide: (text: string) => string,
  ) {
    const command = argv.map(printable).join(' ');
    super(hide(`container ${container}: ${command} exited with ${exitCode}${formatOutput(hide(output))}`));
    this.exitCode = exitCode;
    this.#output = output;
  }

  /** Stdout followed by stderr. */
  get output(): string {
    return this.#output;
  }
}

/** Returns output for a message, without effect on a terminal. */
function formatOutput(output: string): string {
  const lines = output.trim().split('\n').map(printable);
  return lines.join('\n') && `: ${lines.join('\n')}`;
}
