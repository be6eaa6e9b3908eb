import type { GapMessage } from '../wording/gate/gaps';
import { gapsOf, POD_CHECKS } from './experiments/catalog';
import type { CheckId } from './model/checks';
import type { Subject } from './model/subject';
import type { CheckResult } from './model/targetResult';

/** Returns the gaps in the checks of a pod: missing input, and symptoms that could not be observed. */
export function notCheckedIn(
  subject: Subject,
  checks: readonly CheckId[],
  results: readonly CheckResult[],
): readonly GapMessage[] {
  const lacking = gapsOf(subject).filter(({ check }) => checks.includes(check));
  const unobserved = results.flatMap(({ answers }) =>
    answers.flatMap(({ message }) => (message.kind === 'notObserved' ? [message.gap] : [])),
  );
  return [...lacking.map(({ gap }) => gap), ...unobserved, ...leftOut(checks)];
}

/** Returns the number of checks that were not requested. */
export function leftOut(checks: readonly CheckId[]): readonly GapMessage[] {
  const missing = POD_CHECKS.filter((check) => !checks.includes(check));
  return missing.length > 0 ? [{ kind: 'excludedChecks', checks: missing.length }] : [];
}
