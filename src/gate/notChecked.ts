import pluralize from 'pluralize';
import { gapsOf, POD_CHECKS } from './experiments/catalog';
import type { CheckId } from './model/checks';
import type { Gap } from './model/notChecked';
import type { Subject } from './model/subject';
import type { CheckResult } from './model/targetResult';

const LEFT_OUT = 'left out by --only or --skip';

/** Returns what the checks of a pod did not cover: what they lacked, and what they could not observe. */
export function notCheckedIn(
  subject: Subject,
  checks: readonly CheckId[],
  results: readonly CheckResult[],
): readonly Gap[] {
  const lacking = gapsOf(subject).filter(({ check }) => checks.includes(check));
  const unobserved = results.flatMap(({ answers }) =>
    answers.flatMap(({ notObserved, sentence }) =>
      notObserved === undefined ? [] : [{ what: notObserved, why: sentence }],
    ),
  );
  return [...lacking.map(({ what, why }) => ({ what, why })), ...unobserved, ...leftOut(checks)];
}

/** Returns the checks of a pod that were not asked for. */
export function leftOut(checks: readonly CheckId[]): readonly Gap[] {
  const missing = POD_CHECKS.filter((check) => !checks.includes(check));
  return missing.length > 0 ? [{ what: `${pluralize('check', missing.length, true)} of the pod`, why: LEFT_OUT }] : [];
}
