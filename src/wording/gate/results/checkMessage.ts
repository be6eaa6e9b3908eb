import type { CheckId } from '../../../gate/model/checks';
import { formatFrom, type MessageOf } from '../../message';
import { formatNotApplicable, type NotApplicable } from '../checks';
import { type CutMessage, formatCut } from '../cuts';
import { formatGap, type GapMessage } from '../gaps';
import { formatObservation, type ObservationMessage } from '../observations';
import { formatObstacle, type ObstacleMessage } from '../obstacles';
import { type ExperimentName, formatExperiment } from '../progress/experiments';
import { ENDINGS } from './endings';
import { FAULT_RESULTS } from './faults';
import { OUTAGES_AND_TRAFFIC } from './outages';
import { STEADY_STATE } from './steadyState';

interface Rejection {
  readonly field: string | undefined;
  readonly reason: string | undefined;
}

/** Results that every kind of check can have. */
export const COMMON_RESULTS = {
  accepted: 'Kubernetes accepts the manifest',
  rejected: ({ field, reason }: Rejection) =>
    `Kubernetes rejects the manifest: ${[field, reason].filter(Boolean).join(': ')}`,
  noFinding: 'lint finds nothing',
  /** The sentence of a lint rule. */
  finding: ({ why }: { readonly why: string }) => why,
  failedBefore: ({ failed }: { readonly failed: CheckId }) => formatCut({ kind: 'failedBefore', failed }),
  cut: ({ experiment, cut }: { readonly experiment: ExperimentName; readonly cut: CutMessage }) =>
    `experiment "${formatExperiment(experiment)}": ${formatCut(cut)}`,
  notApplicable: ({ reason }: { readonly reason: NotApplicable }) => formatNotApplicable(reason),
  obstructed: ({ obstacle }: { readonly obstacle: ObstacleMessage }) => formatObstacle(obstacle),
  notObserved: ({ gap }: { readonly gap: GapMessage }) => formatGap(gap).why,
  observed: ({ observation }: { readonly observation: ObservationMessage }) => formatObservation(observation),
} as const;

type ResultTable = typeof COMMON_RESULTS &
  typeof STEADY_STATE &
  typeof FAULT_RESULTS &
  typeof OUTAGES_AND_TRAFFIC &
  typeof ENDINGS;

const RESULTS: ResultTable = {
  ...COMMON_RESULTS,
  ...STEADY_STATE,
  ...FAULT_RESULTS,
  ...OUTAGES_AND_TRAFFIC,
  ...ENDINGS,
};

/** A result of a check. */
export type CheckMessage = MessageOf<ResultTable>;

/** Returns the sentence of a result. */
export function formatCheckMessage(message: CheckMessage): string {
  return formatFrom(RESULTS, message);
}
