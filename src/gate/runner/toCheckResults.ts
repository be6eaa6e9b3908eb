import type { RuntimeError } from '../../runtime/runtimeError';
import type { NotApplicable } from '../../wording/gate/checks';
import type { CutMessage } from '../../wording/gate/cuts';
import type { CheckId } from '../model/checks';
import { checksOf } from '../model/experiment';
import { isError, worstOf } from '../model/policy/policy';
import type { CheckResult, TargetResult } from '../model/targetResult';
import { type ExperimentResult, PREREQUISITES } from './runExperiments';

/**
 * Returns the result of each check. Checks have none if the engine failed, or if a prerequisite of theirs did.
 */
export function toCheckResults(
  checks: readonly CheckId[],
  results: readonly ExperimentResult[],
  explainNotApplicable: (check: CheckId) => NotApplicable,
): readonly CheckResult[] {
  return checks.map((check) => toCheckResult(check, results, explainNotApplicable));
}

/** Returns the results that count. If the engine failed, there are none. */
export function dropUncounted(results: readonly ExperimentResult[]): readonly ExperimentResult[] {
  const failure = results.find(({ engineFailure }) => engineFailure)?.engineFailure;
  return results.map((one) => (failure ? withoutResult(one, failure) : withoutPrerequisite(one, results)));
}

function withoutResult({ experiment }: ExperimentResult, { message }: RuntimeError): ExperimentResult {
  return { experiment, results: [], cut: { kind: 'noResult', error: message }, isBroken: true };
}

/** Removes the results of an experiment if its prerequisite failed. */
function withoutPrerequisite(one: ExperimentResult, all: readonly ExperimentResult[]): ExperimentResult {
  const prerequisite = all.find(({ experiment }) => experiment.isPrerequisite);
  const failed = prerequisite?.results.find((result) => isError(result) && PREREQUISITES.includes(result.check));
  if (!failed || one === prerequisite) return one;
  return { experiment: one.experiment, results: [], cut: { kind: 'prerequisiteFailed', failed: failed.check } };
}

function isFailed({ outcome }: TargetResult): boolean {
  return outcome === 'failed';
}

function toCheckResult(
  check: CheckId,
  all: readonly ExperimentResult[],
  explainNotApplicable: (check: CheckId) => NotApplicable,
): CheckResult {
  const answers = all
    .filter(({ experiment }) => checksOf(experiment).includes(check))
    .flatMap((one) => resultsOf(one, check));
  if (answers.length === 0) {
    const message = { kind: 'notApplicable', reason: explainNotApplicable(check) } as const;
    return { check, outcome: 'notApplicable', answers: [{ check, outcome: 'notApplicable', message }] };
  }
  return { check, outcome: worstOf(answers), answers };
}

/** Returns the results of an experiment for a check, or the reason why it has none. */
function resultsOf(one: ExperimentResult, check: CheckId): readonly TargetResult[] {
  const { isRepeated } = one;
  const own = one.results.filter((result) => result.check === check);
  if (own.length > 0) return isRepeated ? own.map((result) => ({ ...result, isRepeated })) : own;
  const { notApplicable: obstacle } = one;
  if (obstacle) return [{ check, outcome: 'notApplicable', message: { kind: 'obstructed', obstacle } }];
  const message = { kind: 'cut', experiment: one.experiment.name, cut: one.cut ?? cutIn(one.results) } as const;
  return [{ check, outcome: 'notRun', message, isBroken: one.isBroken, ...(isRepeated && { isRepeated }) }];
}

function cutIn(results: readonly TargetResult[]): CutMessage {
  const failed = results.find(isFailed);
  return failed ? { kind: 'failedBefore', failed: failed.check } : { kind: 'notRunning' };
}
