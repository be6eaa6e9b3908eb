import { admitAll } from '../../manifest/admission/admitAll';
import { describeProblem } from '../../manifest/error';
import type { Console } from '../console';
import { BAD_INPUT, type ExitCode, OK } from '../exitCode';
import { readInputs } from '../inputs';
import { explainWorkload } from './explain';

export interface ExplainCommandOptions {
  readonly file: readonly string[];
  readonly kubernetesVersion: string;
}

/** Prints what the numbers of every workload add up to. */
export async function explainCommand(
  { file, kubernetesVersion }: ExplainCommandOptions,
  console: Console,
): Promise<ExitCode> {
  const { read, errors } = await readInputs(file, console);
  const { problems, admitted } = read ? admitAll(read, { kubernetesVersion }) : { problems: [], admitted: [] };
  for (const { message } of errors) console.err(message);
  for (const problem of problems) console.err(describeProblem(problem, read?.name ?? ''));
  for (const { name, notes } of admitted) for (const note of notes) console.err(`note: ${name}: ${note}`);
  for (const [index, workload] of admitted.entries()) {
    if (index > 0) console.out('');
    for (const line of explainWorkload(workload, kubernetesVersion)) console.out(line);
  }
  return errors.length + problems.length > 0 ? BAD_INPUT : OK;
}
