import { failed } from '../../../assertions/assertionResult';
import { CREATED } from '../../../clock/instant';
import type { CheckId } from '../../model/checks';
import type { ObserveStep } from '../../model/experiment';
import { findsText, type ObservedPod, type Symptom } from '../../model/observation';
import type { Subject } from '../../model/subject';
import type { TargetResult } from '../../model/targetResult';

export interface Observed {
  readonly check: CheckId;
  readonly counts: ObserveStep['counts'];
  readonly observations: readonly Symptom[];
  /** What holds if nothing is found. */
  readonly settled: (seen: ObservedPod) => Pick<TargetResult, 'outcome' | 'sentence'>;
}

/** Returns the step that makes observations for a check. */
export function observes(subject: Subject, { check, counts, observations, settled }: Observed): ObserveStep {
  return {
    observe: check,
    finds: observations.map(findsText),
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
      const faults = observations.flatMap(({ severity, cause, advice, find }) =>
        find(seen).map(
          (fault): TargetResult => ({
            check,
            outcome: 'failed',
            severity: fault.severity ?? severity,
            cause,
            advice,
            container: fault.container,
            field: fault.field,
            sentence: fault.sentence,
            record: {
              result: failed(fault.event, { kind: 'observation', sentence: fault.sentence }),
              timeline,
              pod,
            },
          }),
        ),
      );
      if (faults.length > 0) return evidence.unfair === undefined ? faults : [overloaded(check, evidence.unfair)];
      const gaps = observations.flatMap(({ gap }) => gap?.(seen) ?? []);
      return [
        { check, ...settled(seen) },
        ...gaps.map(
          ({ what, why }): TargetResult => ({ check, outcome: 'notApplicable', sentence: why, notObserved: what }),
        ),
      ];
    },
  };
}

/** What was seen may be the machine's doing. */
function overloaded(check: CheckId, why: string): TargetResult {
  const notObserved = `the observations of ${check}`;
  return { check, outcome: 'notApplicable', sentence: why, notObserved, isOverloaded: true };
}
