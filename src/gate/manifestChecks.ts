import type { Finding } from '../lint/finding';
import type { LintReport } from '../lint/lint';
import type { Problem } from '../manifest/error';
import { bodyOf } from '../manifest/values/fieldError';
import type { CheckId } from './model/checks';
import { worstOf } from './model/policy/policy';
import type { CheckResult, TargetResult } from './model/targetResult';

/** Returns whether Kubernetes accepts the manifest. */
export function validCheck({ problems }: LintReport): CheckResult {
  const check = 'valid';
  if (problems.length > 0) return { check, outcome: 'failed', answers: problems.map(toRejection) };
  return {
    check,
    outcome: 'passed',
    answers: [{ check, outcome: 'passed', message: { kind: 'accepted' } }],
  };
}

/** Returns each finding of lint, with its severity. */
export function lintCheck({ problems, findings }: LintReport): CheckResult {
  const check = 'lint';
  if (problems.length > 0) return notRun(check);
  const none: TargetResult = { check, outcome: 'passed', message: { kind: 'noFinding' } };
  const answers = findings.length > 0 ? findings.map(toAnswer) : [none];
  return { check, outcome: worstOf(answers), answers };
}

/** Returns the result of a check that an invalid manifest prevents. */
export function notRun(check: CheckId): CheckResult {
  const message = { kind: 'failedBefore', failed: 'valid' } as const;
  return { check, outcome: 'notRun', answers: [{ check, outcome: 'notRun', message }] };
}

function toRejection({ field, type, detail, value, advice, position }: Problem): TargetResult {
  const reason = type === undefined ? detail : bodyOf({ type, value, detail });
  return {
    check: 'valid',
    outcome: 'failed',
    message: { kind: 'rejected', field, reason },
    severity: 'error',
    advice,
    found: { field, position },
  };
}

function toAnswer({ code, severity, field, why, fix, position }: Finding): TargetResult {
  return {
    check: 'lint',
    outcome: 'failed',
    severity,
    message: { kind: 'finding', why },
    advice: fix,
    found: { code, field, position },
  };
}
