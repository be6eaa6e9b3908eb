import type { GateReport } from '../../gate/gateResult';
import { type ExitCode, FOUND, NO_ENGINE, OK } from '../exitCode';

/** Returns the exit code of the gate. A failed check outweighs an aborted run, which is not the fault of the manifest. */
export function gateExitCode({ outcome, verdicts }: Pick<GateReport, 'outcome' | 'verdicts'>): ExitCode {
  if (outcome === 'passed') return OK;
  const answers = verdicts.flatMap(({ checks }) => checks.flatMap((check) => check.answers));
  if (answers.some((answer) => answer.outcome === 'failed')) return FOUND;
  return answers.some(({ isBroken }) => isBroken) ? NO_ENGINE : FOUND;
}
