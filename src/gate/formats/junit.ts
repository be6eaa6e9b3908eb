import type { TestSuite } from 'junit-report-builder';
import { xmlText } from '../../escaping/xml';
import type { CheckReport, GateReport, GateResult } from '../gateResult';
import { escapedReport } from './texts';
import { faultsIn, gapsIn, wholeOf } from './words';

/**
 * Returns JUnit XML that Jenkins and GitLab read: a suite for each workload and a case for each check. A check that was
 * not run is an error if no other check failed, and one that is not applicable is skipped.
 */
export async function asJUnit(report: GateReport): Promise<string> {
  const { default: builder } = await import('junit-report-builder');
  const xml = builder.newBuilder().name('jest-kubelet gate');
  const { verdicts } = escapedReport(report, { line: xmlText, block: xmlText });
  for (const gateResult of verdicts) addSuite(xml.testSuite(), gateResult);
  // Jenkins' schema has no such attribute for all suites.
  return xml
    .build()
    .trimEnd()
    .replace(/(<testsuites\b[^>]*?) skipped="\d+"/, '$1');
}

function addSuite(suite: TestSuite, gateResult: GateResult): void {
  const took = gateResult.checks.reduce((sum, check) => sum + tookMs(check), 0);
  suite.name(gateResult.workload).time(took / 1_000);
  for (const gap of gapsIn(gateResult)) suite.property('not checked', gap);
  const explained = gateResult.checks.some(({ outcome }) => outcome === 'failed');
  for (const check of gateResult.checks) addCase(suite, gateResult, check, explained);
}

function addCase(suite: TestSuite, gateResult: GateResult, report: CheckReport, explained: boolean): void {
  const { check, outcome, answers } = report;
  const one = suite
    .testCase()
    .name(check)
    .className(gateResult.workload)
    .time(tookMs(report) / 1_000);
  const said = answers.map(({ sentence }) => sentence).join('\n');
  if (outcome === 'failed') {
    const failed = faultsIn(gateResult).flatMap(([by, answer]) => (by === report ? [answer] : []));
    one
      .failure(failed[0]?.sentence ?? said, failed[0]?.messageId ?? check)
      .stacktrace(xmlText(failed.map(wholeOf).join('\n\n')));
  } else if (outcome === 'notRun' && !explained) {
    one.error(said, answers[0]?.messageId ?? check);
  } else {
    if (outcome !== 'passed') one.skipped();
    one.standardOutput(said);
  }
}

/** Returns the time of the check itself, on the clocks of its pods. */
function tookMs({ answers }: CheckReport): number {
  return answers.reduce((sum, { spentMs = 0 }) => sum + spentMs, 0);
}
