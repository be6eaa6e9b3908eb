import { digest } from '../../../pod/shared/digest';
import { type PodRecord, podRecord, type RunReport, type VerdictRecord } from '../../../report/record/podRecord';
import { hideIn } from '../../../timeline/hideIn';
import { historyOf } from '../../../timeline/history/podHistory';
import { CHECK_TITLES } from '../../../wording/gate/checks';
import { formatTrial, type PodTrial } from '../../../wording/gate/progress/trials';
import { formatCheckMessage } from '../../../wording/gate/results/checkMessage';
import type { Actor } from '../../model/actor';
import type { CheckResult, TargetResult } from '../../model/targetResult';

/** Collector of the pod runs of a gate, for its report. */
export class PodRuns {
  readonly #actors: { readonly trial: PodTrial; readonly actor: Actor }[] = [];

  add(trial: PodTrial, actor: Actor): void {
    this.#actors.push({ trial, actor });
  }

  /** Returns the results and the pod runs, with the values that `hide` masks. */
  report(results: readonly CheckResult[], hide: (text: string) => string): RunReport {
    const pods = this.#actors.map(({ trial, actor }): PodRecord => {
      return podRecord(actor, { kind: 'run', test: formatTrial(trial), manifest: digest(actor.pod) });
    });
    const verdicts = results.flatMap(({ answers }) => answers.map((answer) => this.#recordOf(answer)));
    const report: RunReport = { version: 1, pods, verdicts };
    return hideIn(report, hide);
  }

  #recordOf({ check, container, outcome, message, record }: TargetResult): VerdictRecord {
    const pod = record ? this.#actors.findIndex(({ actor }) => isOf(actor, record.timeline)) : -1;
    const at = record?.result.event?.at;
    return {
      outcome,
      name: [`${check}: ${CHECK_TITLES[check]}`, container && `(${container})`].filter(Boolean).join(' '),
      text: formatCheckMessage(message),
      ...(pod >= 0 && { pod }),
      ...(pod >= 0 && at !== undefined && { at }),
    };
  }
}

/** True if a timeline belongs to an actor. An earlier copy of its timeline has the same events. */
function isOf({ timeline }: Actor, record: Actor['timeline']): boolean {
  const [first] = historyOf(record).acts;
  return first !== undefined && historyOf(timeline).acts[0] === first;
}

/** Merges the reports of several workloads into one. */
export function mergeReports(reports: readonly RunReport[]): RunReport {
  let before = 0;
  const verdicts: VerdictRecord[] = [];
  for (const { pods, verdicts: own = [] } of reports) {
    const shift = before;
    verdicts.push(...own.map((one) => (one.pod === undefined ? one : { ...one, pod: one.pod + shift })));
    before += pods.length;
  }
  const notChecked = reports.flatMap((report) => report.notChecked ?? []);
  return { version: 1, pods: reports.flatMap(({ pods }) => pods), verdicts, notChecked };
}
