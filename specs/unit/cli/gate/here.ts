import { type GateCommandOptions, gateCommand } from '../../../../src/cli/gate/gateCommand';
import { printError } from '../../../../src/cli/printError';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the gate command in this process until it exits. By default, stdin is the manifest. */
export async function here(options: GateCommandOptions, input: string): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const console = {
    in: (async function* () {
      yield input;
    })(),
    out: (line: string) => out.push(`${line}\n`),
    data: (text: string) => out.push(`${text}\n`),
    err: (line: string) => err.push(`${line}\n`),
  };
  const code = await gateCommand({ file: ['-'], ...options }, console, '1.2.3').catch((error) =>
    printError(error, console),
  );
  return { code, stdout: out.join(''), stderr: err.join('') };
}
