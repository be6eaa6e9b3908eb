import type { CauseId } from '../../../timeline/failureCause';
import type { ExplanationMessage } from '../../../wording/explanations/format';
import type { Incident } from '../incident';

/** Explanation of an incident. */
export interface FoundExplanation {
  /** The cause, if the case has only one. */
  readonly cause?: CauseId;
  readonly message: ExplanationMessage;
}

/** Recognizes one case. Returns undefined for any other. */
export type ExplainRule = (incident: Incident) => FoundExplanation | undefined;
