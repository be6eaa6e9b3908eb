import { makeFailed } from '../../../assertions/assertionResult';
import { CREATED } from '../../../clock/instant';
import type { GapMessage } from '../../../wording/gate/gaps';
import type { CheckId } from '../../model/checks';
import type { ObserveStep } from '../../model/experiment';
import type { ObservedPod, Symptom } from '../../model/observation';
import type { Subject } from '../../model/subject';
import type { TargetResult } from '../../model/targetResult';

export interface Observed {
  readonly check: CheckId;
  readonly counts: ObserveStep['counts'];
  readonly observations: readonly Symptom[];
  /** Returns the result if nothing is found. */
  readonly settled: (seen: ObservedPod) => Pick<TargetResult, 'outcome' | 'message'>;
}

/** Returns the step that makes observations for a check. */
export function observes(subject: Subject, { check, counts, observations, settled }: Observed): ObserveStep {
  return {
    observe: check,
    finds: observations,
    counts,
    toResults: (evidence, { since, from }) => {
      const { timeline, pod, looks = [], memory = [] } = evidence;
      const seen: ObservedPod = {
        subject,
        timeline,
        pod,
        since,
        from: counts === 'pod' ? CREATED : from,
        looks,
        memory,
      };
      const faults = observations.flatMap(({ severity, cause, find }) =>
        find(seen).map((fault): TargetResult => {
          return {
            check,
            outcome: 'failed',
            severity: fault.severity ?? severity,
            cause,
            container: fault.container,
            field: fault.field,
            message: { kind: 'observed', observation: fault.message },
            record: {
              result: makeFailed(fault.event, 'nothing'),
              timeline,
              pod,
            },
          };
        }),
      );
      if (faults.length > 0) return evidence.unfair === undefined ? faults : [toOverloaded(check, evidence.unfair)];
      const gaps = observations.flatMap(({ gap }) => gap?.(seen) ?? []);
      return [{ check, ...settled(seen) }, ...gaps.map((gap) => notObserved(check, gap))];
    },
  };
}

function notObserved(check: CheckId, gap: GapMessage): TargetResult {
  return { check, outcome: 'notApplicable', message: { kind: 'notObserved', gap } };
}

/** Returns a result without an outcome, because the machine may have caused the symptom. */
function toOverloaded(check: CheckId, why: string): TargetResult {
  return { ...notObserved(check, { kind: 'overload', check, why }), isOverloaded: true };
}
