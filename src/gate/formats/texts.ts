import type { GateReport, TargetReport } from '../gateResult';

type Escape = (text: string) => string;

/** Escapes of a format for texts that the manifest, an app or an engine wrote. */
interface Escapes {
  /** Texts of one line. */
  readonly line: Escape;
  /** Texts of several lines. */
  readonly block: Escape;
}

/** Returns the report with every text in it escaped for one format. */
export function escapedReport(report: GateReport, escapes: Escapes): GateReport {
  const { line } = escapes;
  const verdicts = report.verdicts.map((gateResult) => ({
    ...gateResult,
    workload: line(gateResult.workload),
    source: line(gateResult.source),
    checks: gateResult.checks.map((check) => ({
      ...check,
      answers: check.answers.map((answer) => escapedAnswer(answer, escapes)),
    })),
    notChecked: gateResult.notChecked.map(({ what, why }) => ({ what: line(what), why: line(why) })),
  }));
  return { ...report, verdicts };
}

function escapedAnswer(answer: TargetReport, { line, block }: Escapes): TargetReport {
  const { sentence, container, field, waived, advice, docs, evidence, patch, position } = answer;
  return {
    ...answer,
    sentence: line(sentence),
    ...(container !== undefined && { container: line(container) }),
    ...(field !== undefined && { field: line(field) }),
    ...(waived !== undefined && { waived: line(waived) }),
    ...(advice !== undefined && { advice: line(advice) }),
    ...(docs !== undefined && { docs: line(docs) }),
    ...(evidence !== undefined && { evidence: block(evidence) }),
    ...(patch && {
      patch: {
        yaml: block(patch.yaml),
        ...(patch.diff !== undefined && { diff: block(patch.diff) }),
        sum: line(patch.sum),
      },
    }),
    // A code frame points at a column of the original text, and escapes it.
    ...(position && { position: { ...position, file: line(position.file) } }),
  };
}
