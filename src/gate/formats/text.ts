import { printable, terminalText } from '../../escaping/terminal';
import { codeFrame, placeOf } from '../../manifest/values/position';
import { alignTabs } from '../../report/kubectl/alignTabs';
import type { CheckReport, GateReport, GateResult, TargetReport } from '../gateResult';
import type { Paint, Style } from './paint';
import { escapedReport } from './texts';
import {
  countsOf,
  faultsIn,
  gapsIn,
  headline,
  labelLines,
  OUTCOMES,
  patchHeading,
  patchIn,
  remarksIn,
  sentencesOf,
  severityIn,
  totals,
} from './words';

const STYLES: Readonly<Record<CheckReport['outcome'], Style>> = {
  passed: 'green',
  failed: 'red',
  notRun: 'yellow',
  notApplicable: 'dim',
};

/** Returns text for a terminal: for each workload its result, its findings with their evidence, and all checks in a table. */
export function formatText(report: GateReport, paint: Paint): string {
  const { verdicts } = escapedReport(report, { line: printable, block: terminalText });
  const results = verdicts.map((gateResult) => resultText(gateResult, paint));
  return [...results, ...summary(verdicts), totals(report)].join('\n\n');
}

/** Returns a line for each workload if there are several. */
function summary(verdicts: readonly GateResult[]): readonly string[] {
  if (verdicts.length < 2) return [];
  const rows = verdicts.map((gateResult) => [gateResult.workload, gateResult.outcome, countsOf(gateResult)].join('\t'));
  return [
    alignTabs(rows, 2)
      .map((row) => row.trimEnd())
      .join('\n'),
  ];
}

function resultText(gateResult: GateResult, paint: Paint): string {
  const faults = faultsIn(gateResult).map((fault) => faultText(fault, paint));
  const remarks = remarksIn(gateResult).map((remark) => faultText(remark, paint));
  const title = paint('bold', headline(gateResult));
  const gaps = gapsIn(gateResult);
  const unchecked = gaps.length > 0 ? [`Not checked:\n${gaps.map(indent).join('\n')}`] : [];
  return [title, ...faults, ...remarks, table(gateResult, paint), ...unchecked].join('\n\n');
}

function faultText([{ check, outcome }, answer]: readonly [CheckReport, TargetReport], paint: Paint): string {
  const { sentence, code, field, position, evidence, patch } = answer;
  const isRemark = answer.outcome === 'passed';
  const name = [check, code].filter(Boolean).join(' ');
  const severity = severityIn(answer);
  const place = [position && placeOf(position), field].filter(Boolean).join(': ');
  return [
    `${paint(isRemark ? 'dim' : STYLES[outcome], `${name}:`)} ${severity && `${severity}: `}${sentence}`,
    ...(place ? [indent(place)] : []),
    ...(position?.text ? [indent(codeFrame(position))] : []),
    ...labelLines(answer).map(indent),
    ...(evidence ? ['', indent(markDeciding(evidence, paint))] : []),
    ...(patch ? ['', indent(patchHeading(patch)), '', indent(indent(patchIn(patch)))] : []),
  ].join('\n');
}

/** Colors the line that decided. */
function markDeciding(evidence: string, paint: Paint): string {
  return evidence.replace(/^>.*$/gm, (line) => paint('red', line));
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

/** Returns a reference to the findings above, which have the sentences. */
function referenceTo(answers: readonly TargetReport[]): string {
  const failed = answers.filter(({ outcome }) => outcome === 'failed').length;
  return failed > 1 ? `${failed} failures, see above` : 'see above';
}

function table({ checks }: GateResult, paint: Paint): string {
  const width = Math.max(...checks.map(({ check }) => check.length));
  const outcomes = Math.max(...checks.map(({ outcome }) => OUTCOMES[outcome].length));
  const lines = checks.map(({ check, outcome, answers }) => {
    const word = paint(STYLES[outcome], OUTCOMES[outcome].padEnd(outcomes));
    const [first, ...others] = outcome === 'failed' ? [referenceTo(answers)] : sentencesOf({ outcome, answers });
    const more = others.map((sentence) => `${' '.repeat(width + outcomes + 6)}${sentence}`);
    return [`  ${check.padEnd(width)}  ${word}  ${first ?? ''}`.trimEnd(), ...more].join('\n');
  });
  return lines.join('\n');
}
