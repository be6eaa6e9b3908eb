import pluralize from 'pluralize';
import type { Severity } from '../../lint/rule';
import { placeOf } from '../../manifest/values/position';
import { formatSeconds } from '../../wording/durations';
import type { CheckReport, GateReport, GateResult, TargetReport, Times } from '../gateResult';
import { SEVERITIES } from '../model/policy/severity';
import type { TargetResult } from '../model/targetResult';

/** Names of outcomes. */
export const OUTCOMES: Readonly<Record<TargetResult['outcome'], string>> = {
  passed: 'passed',
  failed: 'failed',
  notRun: 'not run',
  notApplicable: 'not applicable',
};

/** Reason why a result came late. */
const REPEATED = 'This machine was overloaded, so the experiment ran again without others.';

type ReportedFinding = readonly [CheckReport, TargetReport];

/** Returns the result of a workload in a line: `FAIL Pod/web: 2 of 11 checks failed, 1 not run`. */
export function headline({ workload, checks }: GateResult): string {
  const count = (outcome: TargetResult['outcome']) => checks.filter((check) => check.outcome === outcome).length;
  const [failed, notRun, passed] = [count('failed'), count('notRun'), count('passed')];
  const all = pluralize('check', failed + notRun + passed, true);
  if (failed > 0) return `FAIL ${workload}: ${failed} of ${all} failed${notRun > 0 ? `, ${notRun} not run` : ''}`;
  if (notRun > 0) return `FAIL ${workload}: ${notRun} of ${all} not run`;
  return [`PASS ${workload}: ${all}`, ...remarkCounts(remarksIn({ checks }))].join(', ');
}

/** Returns `2 errors, 1 warning, 3 checks not run`. */
export function countsOf({ checks }: Pick<GateResult, 'checks'>): string {
  const answers = checks.flatMap((check) => check.answers.filter(({ outcome }) => outcome === 'failed'));
  const failed = SEVERITIES.flatMap((severity) => {
    const count = answers.filter((answer) => (answer.severity ?? 'error') === severity).length;
    return count > 0 ? [severityCount(severity, count)] : [];
  });
  const notRun = checks.filter(({ outcome }) => outcome === 'notRun').length;
  const rest = notRun > 0 ? [`${pluralize('check', notRun, true)} not run`] : [];
  return [...failed, ...remarkCounts(remarksIn({ checks })), ...rest].join(', ');
}

function severityCount(severity: Severity, count: number): string {
  return severity === 'info' ? `${count} info` : pluralize(severity, count, true);
}

/** Returns `2 warnings` and `1 waived`. */
function remarkCounts(remarks: readonly ReportedFinding[]): readonly string[] {
  const waived = remarks.filter(([, { waived: reason }]) => reason !== undefined).length;
  const counts = SEVERITIES.flatMap((severity) => {
    const count = remarks.filter(([, one]) => one.severity === severity && one.waived === undefined).length;
    return count > 0 ? [severityCount(severity, count)] : [];
  });
  return [...counts, ...(waived > 0 ? [`${waived} waived`] : [])];
}

/** Returns what failed. If nothing did, it returns what was not run. */
export function faultsIn({ checks }: GateResult): readonly ReportedFinding[] {
  const faults = (outcome: TargetResult['outcome']) =>
    checks.flatMap((check) =>
      check.answers.filter((answer) => answer.outcome === outcome).map((answer) => [check, answer] as const),
    );
  const failed = faults('failed');
  return failed.length > 0 ? failed : faults('notRun');
}

/** Returns findings that fail no check, because they are waived or less severe than `--fail-on`. */
export function remarksIn({ checks }: Pick<GateResult, 'checks'>): readonly ReportedFinding[] {
  return checks.flatMap((check) =>
    check.answers
      .filter(({ outcome, severity }) => outcome === 'passed' && severity)
      .map((one) => [check, one] as const),
  );
}

/** Returns the sentences that decide the outcome of a check, and the number of its other findings. */
export function sentencesOf(check: Pick<CheckReport, 'outcome' | 'answers'>): readonly string[] {
  const { outcome, answers } = check;
  const deciding = answers.filter((answer) => answer.outcome === outcome && (outcome === 'failed' || !answer.severity));
  const remarks = remarkCounts(remarksIn({ checks: [check as CheckReport] }));
  const sentences = deciding.map(({ sentence }) => sentence);
  const repeated = answers.some(({ isRepeated }) => isRepeated) ? [REPEATED] : [];
  if (outcome === 'failed' || remarks.length === 0) {
    return [...(sentences.length > 0 ? sentences : answers.map(({ sentence }) => sentence)), ...repeated];
  }
  return [...sentences, `${remarks.join(', ')}, see above`, ...repeated];
}

/** Returns `error`, or `error, waived`. */
export function severityIn({ severity, waived }: TargetReport): string {
  return [severity, waived !== undefined && 'waived'].filter(Boolean).join(', ');
}

/** Returns a line for each thing that was not checked. */
export function gapsIn({ notChecked }: Pick<GateResult, 'notChecked'>): readonly string[] {
  return notChecked.map(({ what, why }) => `${what}: ${why}`);
}

/** Returns the counts and the time of all checks in a line. */
export function totals({ verdicts, times }: GateReport): string {
  const checks = verdicts.flatMap((gateResult) => gateResult.checks);
  const counts = (['passed', 'failed', 'notRun', 'notApplicable'] as const).flatMap((outcome) => {
    const count = checks.filter((check) => check.outcome === outcome).length;
    return count > 0 ? [`${count} ${OUTCOMES[outcome]}`] : [];
  });
  return `${pluralize('check', checks.length, true)}: ${counts.join(', ')}. ${timeText(times)}.`;
}

function timeText({ totalMs, podsMs, ownMs }: Times): string {
  if (podsMs === 0) return `Time: ${formatSeconds(totalMs)} (no pods)`;
  return `Time: ${formatSeconds(totalMs)} (pods ${formatSeconds(podsMs)}, overhead ${formatSeconds(ownMs)})`;
}

/** Returns the labeled lines of a finding: why it does not fail, its cause, its fix and the page that explains it. */
export function labelLines({ waived, isRepeated, cause, advice, docs }: TargetReport): readonly string[] {
  return [
    waived !== undefined && `waived: ${waived}`,
    isRepeated && REPEATED,
    cause && `cause: ${cause}`,
    advice && `fix:   ${advice}`,
    docs && `docs:  ${docs}`,
  ].filter((line) => typeof line === 'string');
}

/** Returns the heading of a patch: how it was found. The pod passed with it. */
export function patchHeading({ sum }: NonNullable<TargetReport['patch']>): string {
  return `patch that passes: ${sum}`;
}

/** Returns the place, the labels, the evidence and the patch of a finding. */
export function detailsOf(answer: TargetReport): string {
  const { field, position, evidence, patch } = answer;
  return [
    [position && placeOf(position), field].filter(Boolean).join(': '),
    labelLines(answer).join('\n'),
    evidence,
    patch && `${patchHeading(patch)}\n\n${patchIn(patch)}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Returns a patch to apply: to the file if there is one, else to the object. */
export function patchIn({ diff, yaml }: NonNullable<TargetReport['patch']>): string {
  return (diff ?? yaml).trimEnd();
}

/** Returns the sentence of a result with its details. */
export function wholeOf(answer: TargetReport): string {
  return [answer.sentence, detailsOf(answer)].filter(Boolean).join('\n\n');
}
