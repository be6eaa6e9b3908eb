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
 * Compares a report with the expectations from before the first run. `counts` has the same result for each finding and
 * its check.
 *
 * - `right`: each expected finding is there with its cause and severity, and no other error or warning
 * - `wrong cause`: an expected finding has another cause, check or severity
 * - `missed`: an expected finding is not there, and no other is
 * - `false alarm`: an error or a warning was neither expected nor follows from the expected ones, or the command fails
 * without an error
 * - `no result`: the gate gave no report, or did not run a check although nothing failed
 */
export function compare({ expect, also }, report, causes, exitCode) {
  if (!report) return { result: 'no result', lines: ['no report'], counts: [] };
  const findings = findingsIn(report);
  const notRun = checksOf(report).filter(({ outcome }) => outcome === 'notRun');
  const missing = expect.filter((one) => !findings.some((finding) => matches(finding, one, causes)));
  const known = [...expect, ...also];
  const extra = findings.filter(
    (finding) => finding.severity !== 'info' && !known.some((one) => matches(finding, one, causes)),
  );
  const result = resultOf({ missing, extra, isIncomplete: notRun.length > 0 && !findings.some(isError) });
  const found = expect.filter((one) => !missing.includes(one));
  const counts = [
    ...found.map((one) => ({ check: findings.find((each) => matches(each, one, causes)).check, result: 'right' })),
    ...missing.map((one) => ({ check: causes[one.cause]?.check ?? 'lint', result })),
    ...(missing.length > 0 ? [] : extra.map(({ check }) => ({ check, result: 'false alarm' }))),
  ];
  const lines = [
    ...missing.map((one) => `expected ${one.cause ?? one.code}`),
    ...extra.map(
      (finding) => `unexpected ${finding.severity} of ${finding.check}: ${finding.code ?? ''} ${finding.sentence}`,
    ),
    ...(result === 'no result' ? notRun.map(({ check }) => `not run: ${check}`) : []),
  ];
  if (result !== 'right') return { result, lines, counts };
  return { ...compareExit(findings, exitCode), counts };
}

function resultOf({ missing, extra, isIncomplete }) {
  if (extra.length > 0) return missing.length > 0 ? 'wrong cause' : 'false alarm';
  if (isIncomplete) return 'no result';
  return missing.length > 0 ? 'missed' : 'right';
}

const isError = ({ severity }) => severity === 'error';

/** Compares the exit code with the findings. By default only errors fail the command. */
function compareExit(findings, exitCode) {
  const fails = findings.some(isError);
  if (exitCode === (fails ? 1 : 0)) return { result: 'right', lines: [] };
  return { result: fails ? 'missed' : 'false alarm', lines: [`unexpected exit code ${exitCode}`] };
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

/** Returns true if a finding has the cause. A finding of lint has a code instead of a cause. */
function hasCause(finding, id, { codes = [] }) {
  return finding.cause === id || codes.includes(finding.code);
}

const textOf = ({ sentence = '', advice = '', evidence = '' }) => [sentence, advice, evidence].join('\n');
const checksOf = ({ verdicts }) => verdicts.flatMap(({ checks }) => checks);
