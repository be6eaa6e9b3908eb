import { htmlReport } from '../../report/html/htmlReport';
import type { RunReport } from '../../report/podRecord';
import type { GateReport, GateResult } from '../gateResult';
import { merged } from '../runner/podRuns';
import { gapsIn } from './words';

/** For people: a page with the verdict on top, and each pod's life below it. */
export function htmlOf({ verdicts }: GateReport): string {
  const reports = verdicts.map((verdict) => ({
    ...(verdict.lives?.() ?? withoutPods(verdict)),
    notChecked: gapsIn(verdict),
  }));
  const isOne = reports.length === 1;
  return htmlReport(
    merged(reports.map((report, at) => (isOne ? report : named(report, verdicts[at]?.workload ?? '')))),
  );
}

function withoutPods({ checks }: GateResult): RunReport {
  const verdicts = checks.flatMap(({ check, title, answers }) =>
    answers.map(({ outcome, sentence }) => ({ outcome, name: `${check}: ${title}`, text: sentence })),
  );
  return { version: 1, pods: [], verdicts };
}

/** Of several workloads each verdict says of which it is. */
function named(report: RunReport, workload: string): RunReport {
  const verdicts = (report.verdicts ?? []).map((one) => ({ ...one, name: `${workload} ${one.name}` }));
  return { ...report, verdicts, notChecked: (report.notChecked ?? []).map((gap) => `${workload}: ${gap}`) };
}
