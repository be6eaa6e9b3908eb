import { printable, terminalText } from '../../escaping/terminal';
import { codeFrame, placeOf } from '../../manifest/values/position';
import { htmlReport } from '../../report/html/document/htmlReport';
import type { FindingRecord, ResultRecord } from '../../report/html/document/resultRecord';
import type { RunReport } from '../../report/record/podRecord';
import { CAUSES } from '../../wording/causes';
import type { CheckReport, GateReport, GateResult, TargetReport } from '../gateResult';
import { mergeReports } from '../runner/session/podRuns';
import { escapedReport } from './texts';
import { faultsIn, gapsIn, headline, OUTCOMES, patchIn, remarksIn, sentencesOf, severityIn, totals } from './words';

const NO_PODS: RunReport = { version: 1, pods: [] };

/** Returns a page with the result of each workload, and each pod below it. */
export function htmlOf(given: GateReport): string {
  const report = escapedReport(given, { line: printable, block: terminalText });
  const lives = report.verdicts.map((gateResult) => gateResult.lives?.() ?? NO_PODS);
  let before = 0;
  const results = report.verdicts.map((gateResult, at) => {
    const result = resultOf(gateResult, lives[at] ?? NO_PODS, before);
    before += lives[at]?.pods.length ?? 0;
    return result;
  });
  return htmlReport(
    { version: 1, pods: mergeReports(lives).pods },
    { title: titleOf(report), results, totals: totals(report) },
  );
}

function titleOf({ verdicts }: GateReport): string {
  const [only] = verdicts;
  if (only && verdicts.length === 1) return `${only.workload} ${only.outcome}`;
  const failed = verdicts.filter(({ outcome }) => outcome === 'failed').length;
  return failed > 0 ? `${failed} of ${verdicts.length} workloads failed` : `${verdicts.length} workloads passed`;
}

/** Returns the record of a workload. `before` is the number of pods of the workloads before it. */
function resultOf(gateResult: GateResult, { verdicts: shown = [] }: RunReport, before: number): ResultRecord {
  const answers = gateResult.checks.flatMap((check) => check.answers);
  const found = [...faultsIn(gateResult), ...remarksIn(gateResult)];
  return {
    outcome: gateResult.outcome,
    headline: headline(gateResult),
    findings: found.map(([check, answer]) => {
      // The report of the pods has a result for each answer, in the same order.
      const { pod, at } = shown[answers.indexOf(answer)] ?? {};
      return { ...findingOf(check, answer), ...(pod !== undefined && { pod: pod + before }), at };
    }),
    checks: gateResult.checks.map((check) => ({
      name: check.check,
      outcome: check.outcome,
      word: OUTCOMES[check.outcome],
      texts: sentencesOf(check),
    })),
    notChecked: gapsIn(gateResult),
  };
}

function findingOf({ check }: CheckReport, answer: TargetReport): Omit<FindingRecord, 'pod' | 'at'> {
  const { outcome, code, sentence, cause, advice, docs, waived, field, position, patch, evidence } = answer;
  return {
    name: [check, code].filter(Boolean).join(' '),
    outcome,
    badge: severityIn(answer) || OUTCOMES[outcome],
    text: sentence,
    cause: cause && CAUSES[cause],
    fix: [advice, docs && `See ${docs}`].filter(Boolean).join(' ') || undefined,
    waived,
    place: [position && placeOf(position), field].filter(Boolean).join(': ') || undefined,
    frame: position?.text ? codeFrame(position) : undefined,
    patch: patch && { text: patchIn(patch), sum: patch.sum },
    evidence,
  };
}
