import pluralize from 'pluralize';
import type { Severity } from '../../lint/rule';
import { placeOf } from '../../manifest/values/position';
import { formatSeconds } from '../../wording/durations';
import type { CheckReport, GateReport, GateResult, TargetReport, Times } from '../gateResult';
import { SEVERITIES } from '../model/policy/severity';
import type { TargetResult } from '../model/targetResult';

/** How outcomes are called. */
export const OUTCOMES: Readonly<Record<TargetResult['outcome'], string>> = {
  passed: 'passed',
  failed: 'failed',
  notRun: 'not run',
  notApplicable: 'does not apply',
};

/** Why an answer came late. */
export const REPEATED = 'This machine was overloaded, so the experiment ran once more, alone';

/** The whole in a sentence: `Pod/web would not pass: 2 of 11 checks failed`. */
export function headline({ workload, checks }: GateResult): string {
  const count = (outcome: TargetResult['outcome']) => checks.filter((check) => check.outcome === outcome).length;
  const [failed, notRun, passed] = [count('failed'), count('notRun'), count('passed')];
  const asked = pluralize('check', failed + notRun + passed, true);
  if (failed > 0)
    return `${workload} does not pass: ${failed} of ${asked} failed${notRun > 0 ? `, ${notRun} not run` : ''}`;
  if (notRun > 0) return `${workload} does not pass: ${notRun} of ${asked} could not be run`;
  return [`${workload} passes: ${asked}`, ...remarkCounts(remarksIn({ checks }))].join(', ');
}

/** `2 errors, 1 warning, 3 checks not run` */
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

/** `2 warnings, 1 waived` */
function remarkCounts(remarks: ReturnType<typeof remarksIn>): readonly string[] {
  const waived = remarks.filter(([, { waived: reason }]) => reason !== undefined).length;
  const counts = SEVERITIES.flatMap((severity) => {
    const count = remarks.filter(([, one]) => one.severity === severity && one.waived === undefined).length;
    return count > 0 ? [severityCount(severity, count)] : [];
  });
  return [...counts, ...(waived > 0 ? [`${waived} waived`] : [])];
}

/** What failed; of what was not run only what nothing that failed explains. */
export function faultsIn({ checks }: GateResult): readonly (readonly [CheckReport, TargetReport])[] {
  const faults = (outcome: TargetResult['outcome']) =>
    checks.flatMap((check) =>
      check.answers.filter((answer) => answer.outcome === outcome).map((answer) => [check, answer] as const),
    );
  const failed = faults('failed');
  return failed.length > 0 ? failed : faults('notRun');
}

/** What is reported although it fails nothing: it is less than `--fail-on`, or waived. */
export function remarksIn({ checks }: Pick<GateResult, 'checks'>): readonly (readonly [CheckReport, TargetReport])[] {
  return checks.flatMap((check) =>
    check.answers
      .filter(({ outcome, severity }) => outcome === 'passed' && severity)
      .map((one) => [check, one] as const),
  );
}

/** What decided a check's outcome, a sentence each, and how much is reported beside it. */
export function saidIn(check: Pick<CheckReport, 'outcome' | 'answers'>): readonly string[] {
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

/** `error`, and that it is waived. */
export function severityIn({ severity, waived }: TargetReport): string {
  return [severity, waived !== undefined && 'waived'].filter(Boolean).join(', ');
}

/** What was not checked, in a line each. */
export function gapsIn({ notChecked }: Pick<GateResult, 'notChecked'>): readonly string[] {
  return notChecked.map(({ what, why }) => `${what}: ${why}`);
}

/** The counts and times of the whole in a line. */
export function totals({ verdicts, times }: GateReport): string {
  const checks = verdicts.flatMap((gateResult) => gateResult.checks);
  const counts = (['passed', 'failed', 'notRun', 'notApplicable'] as const).flatMap((outcome) => {
    const count = checks.filter((check) => check.outcome === outcome).length;
    if (count === 0) return [];
    return outcome === 'notApplicable'
      ? `${count} ${count === 1 ? 'does' : 'do'} not apply`
      : `${count} ${OUTCOMES[outcome]}`;
  });
  return `${pluralize('check', checks.length, true)}: ${counts.join(', ')}. ${timesOf(times)}.`;
}

function timesOf({ totalMs, podsMs, ownMs }: Times): string {
  if (podsMs === 0) return `${formatSeconds(totalMs)}, without a pod`;
  return `${formatSeconds(totalMs)}: ${formatSeconds(podsMs)} while pods ran, ${formatSeconds(ownMs)} its own waits`;
}

/** What a fault is about, and how it came to that. */
export function detailsOf({ field, position, waived, advice, evidence, patch, isRepeated }: TargetReport): string {
  return [
    isRepeated && REPEATED,
    [position && placeOf(position), field].filter(Boolean).join(': '),
    waived !== undefined && `waived: ${waived}`,
    advice && `fix: ${advice}`,
    evidence,
    patch && `would pass with (${patch.sum}):\n\n${patchIn(patch)}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** A patch as it is applied: to the file if there is one, else to the object. */
export function patchIn({ diff, yaml }: NonNullable<TargetReport['patch']>): string {
  return (diff ?? yaml).trimEnd();
}

/** All there is to say of an answer. */
export function wholeOf(answer: TargetReport): string {
  return [answer.sentence, detailsOf(answer)].filter(Boolean).join('\n\n');
}
