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
  OUTCOMES,
  patchIn,
  REPEATED,
  remarksIn,
  saidIn,
  severityIn,
  totals,
} from './words';

const STYLES: Readonly<Record<CheckReport['outcome'], Style>> = {
  passed: 'green',
  failed: 'red',
  notRun: 'yellow',
  notApplicable: 'dim',
};

/**
 * For people: of each workload a sentence, then each fault with its evidence, the change that would help and where it
 * would be made, then every check in a line, and what it came to.
 */
export function formatText(report: GateReport, paint: Paint): string {
  const { verdicts: told } = escapedReport(report, { line: printable, block: terminalText });
  const verdicts = told.map((gateResult) => resultText(gateResult, paint));
  return [...verdicts, ...summary(told), totals(report)].join('\n\n');
}

/** Of several workloads, each with its result in a line. */
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
  const unchecked = gaps.length > 0 ? [`Not checked:\n${gaps.map(indented).join('\n')}`] : [];
  return [title, ...faults, ...remarks, table(gateResult, paint), ...unchecked].join('\n\n');
}

function faultText([{ check, outcome }, answer]: readonly [CheckReport, TargetReport], paint: Paint): string {
  const { sentence, code, waived, field, position, advice, evidence, patch, isRepeated } = answer;
  const isRemark = answer.outcome === 'passed';
  const name = [check, code].filter(Boolean).join(' ');
  const severity = severityIn(answer);
  const place = [position && placeOf(position), field].filter(Boolean).join(': ');
  return [
    `${paint(isRemark ? 'dim' : STYLES[outcome], `${name}:`)} ${severity && `${severity}: `}${sentence}`,
    ...(place ? [indented(place)] : []),
    ...(position?.text ? [indented(codeFrame(position))] : []),
    ...(waived === undefined ? [] : [indented(`waived: ${waived}`)]),
    ...(isRepeated ? [indented(REPEATED)] : []),
    ...(advice ? [indented(`fix: ${advice}`)] : []),
    ...(evidence ? ['', indented(marked(evidence, paint))] : []),
    ...(patch ? ['', indented(`would pass with (${patch.sum}):`), '', indented(indented(patchIn(patch)))] : []),
  ].join('\n');
}

/** The line that decided stands out. */
function marked(evidence: string, paint: Paint): string {
  return evidence.replace(/^>.*$/gm, (line) => paint('red', line));
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

/** What failed has been told, with all there is to say. */
function told(answers: readonly TargetReport[]): string {
  const failed = answers.filter(({ outcome }) => outcome === 'failed').length;
  return failed > 1 ? `${failed} failures, see above` : 'see above';
}

function table({ checks }: GateResult, paint: Paint): string {
  const width = Math.max(...checks.map(({ check }) => check.length));
  const outcomes = Math.max(...checks.map(({ outcome }) => OUTCOMES[outcome].length));
  const lines = checks.map(({ check, outcome, answers }) => {
    const word = paint(STYLES[outcome], OUTCOMES[outcome].padEnd(outcomes));
    const [first, ...others] = outcome === 'failed' ? [told(answers)] : saidIn({ outcome, answers });
    const more = others.map((sentence) => `${' '.repeat(width + outcomes + 6)}${sentence}`);
    return [`  ${check.padEnd(width)}  ${word}  ${first ?? ''}`.trimEnd(), ...more].join('\n');
  });
  return lines.join('\n');
}
