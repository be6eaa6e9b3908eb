import type { Severity } from '../../../lint/rule';
import type { CheckResult, TargetResult } from '../targetResult';
import { failsFrom } from './severity';
import { type Waiver, waiverOf } from './waiver';

/** Which findings fail the gate. */
export interface Policy {
  /** The least severity that does. */
  readonly failOn: Severity;
  readonly waivers: readonly Waiver[];
}

const WORST: readonly TargetResult['outcome'][] = ['failed', 'notRun', 'passed', 'notApplicable'];

/** Returns the outcome of a check: the worst of its results. */
export function worstOf(answers: readonly TargetResult[]): TargetResult['outcome'] {
  return WORST.find((outcome) => answers.some((answer) => answer.outcome === outcome)) ?? 'passed';
}

/** Returns the result of a check under a policy. What does not fail it keeps its severity, and is reported. */
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

/** A failure is an error if nothing else is known. */
function severityOf({ severity = 'error' }: TargetResult): Severity {
  return severity;
}

/** Returns whether a result is a failure that nothing can build on. */
export function isError(result: TargetResult): boolean {
  return result.outcome === 'failed' && severityOf(result) === 'error';
}
