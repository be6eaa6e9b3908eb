// Plain functions over a report's JSON: no case is known here, and no text that only one case has.

/** The results of a case, in the order of the table's columns. */
export const RESULTS = ['right', 'wrong cause', 'missed', 'false alarm', 'no result'];

/**
 * Returns what a report says against a workload: each failure, and each warning and remark. A failure without a severity
 * is an error.
 */
function findingsIn({ verdicts }) {
  return verdicts
    .flatMap(({ checks }) => checks)
    .flatMap(({ check, answers }) => answers.map((answer) => ({ check, ...answer })))
    .filter(({ outcome, severity }) => outcome === 'failed' || outcome === 'warning' || severity !== undefined)
    .map((answer) => ({ ...answer, severity: answer.severity ?? (answer.outcome === 'failed' ? 'error' : 'warning') }));
}

/**
 * Compares a report with what was expected before the first run.
 *
 * `right`: each expected finding is there with its cause and severity, and no other error or warning.
 * `wrong cause`: the report complains, but an expected finding has another cause, check or severity.
 * `missed`: an expected finding is not there, and nothing else is.
 * `false alarm`: an error or a warning that neither was expected nor follows from what was, or a command that fails without
 * an error.
 * `no result`: the gate gave no report, or did not run a check although nothing failed.
 */
export function compare({ expect, also }, report, causes, exitCode) {
  if (!report) return { result: 'no result', lines: ['no report'] };
  const findings = findingsIn(report);
  const notRun = checksOf(report).filter(({ outcome }) => outcome === 'notRun');
  const missing = expect.filter((one) => !findings.some((finding) => matches(finding, one, causes)));
  const known = [...expect, ...also];
  const extra = findings.filter(
    (finding) => finding.severity !== 'info' && !known.some((one) => matches(finding, one, causes)),
  );
  const lines = [
    ...missing.map((one) => `expected ${one.cause ?? one.code}`),
    ...extra.map(
      (finding) => `unexpected ${finding.severity} of ${finding.check}: ${finding.code ?? ''} ${finding.sentence}`,
    ),
  ];
  if (missing.length > 0) return { result: extra.length > 0 ? 'wrong cause' : 'missed', lines };
  if (extra.length > 0) return { result: 'false alarm', lines };
  if (notRun.length > 0 && !findings.some(({ severity }) => severity === 'error')) {
    return { result: 'no result', lines: notRun.map(({ check }) => `not run: ${check}`) };
  }
  return compareExit(findings, exitCode);
}

/** By default only errors fail the command. */
function compareExit(findings, exitCode) {
  const isError = findings.some(({ severity }) => severity === 'error');
  if (exitCode === (isError ? 1 : 0)) return { result: 'right', lines: [] };
  return { result: isError ? 'missed' : 'false alarm', lines: [`unexpected exit code ${exitCode}`] };
}

/** True if a finding has the cause, the check and the severity that an expectation names. */
function matches(finding, { cause, code, check, severity, container, says }, causes) {
  return (
    (code === undefined || finding.code === code) &&
    (cause === undefined || hasCause(finding, cause, causes[cause])) &&
    (check === undefined || [check].flat().includes(finding.check)) &&
    (severity === undefined || [severity].flat().includes(finding.severity)) &&
    (container === undefined || finding.container === container) &&
    (says === undefined || new RegExp(says, 'i').test(textOf(finding)))
  );
}

/**
 * A report that types its causes is believed. In one that does not, the cause is in its sentence, its advice, or the
 * explanation that ends its evidence: a timeline alone explains nothing.
 */
function hasCause(finding, id, { checks = [], ids = [], says }) {
  const typed = finding.cause?.kind ?? finding.cause;
  if (typed !== undefined) return typed === id || ids.includes(typed);
  if (ids.includes(finding.code)) return true;
  return says !== undefined && checks.includes(finding.check) && new RegExp(says, 'i').test(explanationOf(finding));
}

const textOf = ({ sentence = '', advice = '', evidence = '' }) => [sentence, advice, evidence].join('\n');
const explanationOf = ({ evidence = '', ...words }) => textOf({ ...words, evidence: evidence.split('\n\n').at(-1) });
const checksOf = ({ verdicts }) => verdicts.flatMap(({ checks }) => checks);
