import type { Severity } from '../../../lint/rule';
import type { CheckResult, TargetResult } from '../targetResult';
import { failsFrom } from './severity';
import { type Waiver, waiverOf } from './waiver';

/** Findings that fail the gate. */
export interface Policy {
  /** Lowest severity that fails the gate. */
  readonly failOn: Severity;
  readonly waivers: readonly Waiver[];
}

const WORST: readonly TargetResult['outcome'][] = ['failed', 'notRun', 'passed', 'notApplicable'];

/** Returns the outcome of a check: the worst of its results. */
export function worstOf(answers: readonly TargetResult[]): TargetResult['outcome'] {
  return WORST.find((outcome) => answers.some((answer) => answer.outcome === outcome)) ?? 'passed';
}

/** Returns the result of a check under a policy. Findings that do not fail it keep their severity. */
export function applyPolicy({ check, answers }: CheckResult, policy: Policy): CheckResult {
  const decided = answers.map((answer) => decide(answer, policy));
  return { check, outcome: worstOf(decided), answers: decided };
}

function decide(answer: TargetResult, { failOn, waivers }: Policy): TargetResult {
  if (answer.outcome !== 'failed') return answer;
  const severity = severityOf(answer);
  const waived = waiverOf(answer, waivers)?.reason;
  const fails = waived === undefined && failsFrom(severity, failOn);
  return { ...answer, severity, ...(!fails && { outcome: 'passed' }), ...(waived !== undefined && { waived }) };
}

/** Returns the severity of a failure. Default: `error`. */
function severityOf({ severity = 'error' }: TargetResult): Severity {
  return severity;
}

/** True if a result is a failure that no other check can build on. */
export function isError(result: TargetResult): boolean {
  return result.outcome === 'failed' && severityOf(result) === 'error';
}
