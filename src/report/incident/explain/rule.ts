import type { CauseId } from '../../../timeline/failureCause';
import type { Incident } from '../incident';

export interface Explanation {
  /** The cause, if the case has only one. */
  readonly cause?: CauseId;
  /** What it means and what to do: a sentence or two. */
  readonly text: string;
  /** The page of docs/beliefs that tells more, if there is one. */
  readonly page?: string;
}

/** Recognizes one case; undefined where the incident is another. */
export type ExplainRule = (incident: Incident) => Explanation | undefined;
