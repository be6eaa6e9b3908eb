import { experimentsFor, explainNotApplicable, faultsFor, POD_CHECKS } from './experiments/catalog';
import type { CheckId } from './model/checks';
import { checksOf } from './model/experiment';
import type { Matrix } from './model/matrix';
import type { Subject } from './model/subject';
import type { CheckResult } from './model/targetResult';
import { PATCHES } from './patches';
import { type RunExperimentsOptions, runExperiments } from './runner/runExperiments';
import { dropUncounted, toCheckResults } from './runner/toCheckResults';
import { toMatrix } from './runner/toMatrix';

export type GateOptions = Omit<RunExperimentsOptions, 'subject' | 'patches'>;

/**
 * Runs every experiment that returns a result for one of the checks.
 *
 * @throws RuntimeError if the engine could not run a single one.
 */
export async function runGate(subject: Subject, options: GateOptions): Promise<readonly CheckResult[]> {
  const checks: readonly CheckId[] = POD_CHECKS.filter((check) => options.checks?.includes(check) ?? true);
  const experiments = experimentsFor(subject).filter((one) => checksOf(one).some((check) => checks.includes(check)));
  const results = await runExperiments(experiments, { ...options, subject, patches: PATCHES });
  return toCheckResults(checks, dropUncounted(results), (check) => explainNotApplicable(subject, check));
}

/**
 * Injects each fault into a pod, and reports which probe detects it and whether the reaction is correct.
 *
 * @throws RuntimeError if the engine failed, because then nothing was measured.
 */
export async function runMatrix(subject: Subject, options: Omit<GateOptions, 'checks'>): Promise<Matrix> {
  const results = await runExperiments(faultsFor(subject), { ...options, subject, patches: PATCHES });
  const failed = results.find(({ engineFailure }) => engineFailure);
  if (failed?.engineFailure) throw failed.engineFailure;
  return toMatrix(results);
}
