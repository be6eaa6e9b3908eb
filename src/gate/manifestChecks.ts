import pluralize from 'pluralize';
import type { Finding } from '../lint/finding';
import type { LintReport } from '../lint/lint';
import type { Problem } from '../manifest/error';
import { bodyOf } from '../manifest/fieldError';
import type { CheckId } from './model/checks';
import type { CheckResult, TargetResult } from './model/targetResult';

/** What needs no pod: whether Kubernetes takes the manifest, and whether something in it is wrong all the same. */
export function validCheck({ problems }: LintReport): CheckResult {
  const check = 'valid';
  if (problems.length > 0) return { check, outcome: 'failed', answers: problems.map(rejected) };
  return {
    check,
    outcome: 'passed',
    answers: [{ check, outcome: 'passed', sentence: 'Kubernetes accepts the manifest' }],
  };
}

/** A finding fails it that is a warning or an error, unless its code is allowed; what is only worth knowing is told. */
export function lintCheck({ problems, findings }: LintReport, allow: readonly string[]): CheckResult {
  const check = 'lint';
  if (problems.length > 0) return notRun(check, 'valid failed before');
  const answers = findings.filter(({ code }) => !allow.includes(code)).map(toAnswer);
  if (answers.some(({ outcome }) => outcome === 'failed')) return { check, outcome: 'failed', answers };
  const told = answers.length > 0 ? `nothing but ${pluralize('remark', answers.length, true)}` : 'nothing found';
  return { check, outcome: 'passed', answers: [{ check, outcome: 'passed', sentence: told }, ...answers] };
}

export function notRun(check: CheckId, why: string): CheckResult {
  return { check, outcome: 'notRun', answers: [{ check, outcome: 'notRun', sentence: why }] };
}

function rejected({ field, type, detail, value, advice, position }: Problem): TargetResult {
  const body = type === undefined ? detail : bodyOf({ type, value, detail });
  return {
    check: 'valid',
    outcome: 'failed',
    sentence: `Kubernetes rejects it: ${[field, body].filter(Boolean).join(': ')}`,
    found: { severity: 'error', field, position, advice },
  };
}

function toAnswer({ code, severity, field, why, right, position }: Finding): TargetResult {
  return {
    check: 'lint',
    outcome: severity === 'info' ? 'passed' : 'failed',
    sentence: why,
    found: { code, severity, field, position, advice: right },
  };
}
