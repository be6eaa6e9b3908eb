import type { CauseId } from '../../../timeline/failureCause';
import type { Incident } from '../incident';

export interface Explanation {
  /** The cause, if the case has only one. */
  readonly cause?: CauseId;
  /** The meaning of the incident and its fix, in one or two sentences. */
  readonly text: string;
  /** Page and anchor of the answer in docs/faq, if there is one. */
  readonly faq?: string;
}

/** Recognizes one case; undefined where the incident is another. */
export type ExplainRule = (incident: Incident) => Explanation | undefined;
