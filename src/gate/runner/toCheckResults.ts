import type { RuntimeError } from '../../runtime/runtimeError';
import type { CheckId } from '../model/checks';
import { checksOf } from '../model/experiment';
import { isError, worstOf } from '../model/policy/policy';
import type { CheckResult, TargetResult } from '../model/targetResult';
import { type ExperimentResult, PREREQUISITES, whyBaseless } from './runExperiments';

/**
 * Returns the result of each check. If the engine failed, no check has a result. If the prerequisite failed, the other
 * experiments have none.
 */
export function toCheckResults(
  checks: readonly CheckId[],
  results: readonly ExperimentResult[],
  whyNotApplicable: (check: CheckId) => string,
): readonly CheckResult[] {
  return checks.map((check) => toCheckResult(check, results, whyNotApplicable));
}

/** Returns the results that count: none if the engine failed. */
export function counted(results: readonly ExperimentResult[]): readonly ExperimentResult[] {
  const failure = results.find(({ engineFailure }) => engineFailure)?.engineFailure;
  return results.map((one) => (failure ? withoutResult(one, failure) : withoutPrerequisite(one, results)));
}

function withoutResult({ experiment }: ExperimentResult, { message }: RuntimeError): ExperimentResult {
  return { experiment, results: [], cut: `no result: ${message}`, isBroken: true };
}

/** What is found of a pod that does not even stay Ready when it is left alone does not count. */
function withoutPrerequisite(one: ExperimentResult, all: readonly ExperimentResult[]): ExperimentResult {
  const prerequisite = all.find(({ experiment }) => experiment.isPrerequisite);
  const failed = prerequisite?.results.find((result) => isError(result) && PREREQUISITES.includes(result.check));
  if (!failed || one === prerequisite) return one;
  return { experiment: one.experiment, results: [], cut: whyBaseless(failed.check) };
}

function isFailed({ outcome }: TargetResult): boolean {
  return outcome === 'failed';
}

function toCheckResult(
  check: CheckId,
  all: readonly ExperimentResult[],
  whyNotApplicable: (check: CheckId) => string,
): CheckResult {
  const answers = all
    .filter(({ experiment }) => checksOf(experiment).includes(check))
    .flatMap((one) => resultsOf(one, check));
  if (answers.length === 0) {
    const sentence = whyNotApplicable(check);
    return { check, outcome: 'notApplicable', answers: [{ check, outcome: 'notApplicable', sentence }] };
  }
  return { check, outcome: worstOf(answers), answers };
}

/** The results that an experiment has for a check, or why it has none. */
function resultsOf(one: ExperimentResult, check: CheckId): readonly TargetResult[] {
  const { isRepeated } = one;
  const own = one.results.filter((result) => result.check === check);
  if (own.length > 0) return isRepeated ? own.map((result) => ({ ...result, isRepeated })) : own;
  if (one.notApplicable !== undefined) return [{ check, outcome: 'notApplicable', sentence: one.notApplicable }];
  const sentence = `${one.experiment.name}: ${one.cut ?? whyCut(one.results)}`;
  return [{ check, outcome: 'notRun', sentence, isBroken: one.isBroken, ...(isRepeated && { isRepeated }) }];
}

function whyCut(results: readonly TargetResult[]): string {
  const failed = results.find(isFailed);
  return failed ? `${failed.check} failed before` : 'the pod did not become Ready';
}
