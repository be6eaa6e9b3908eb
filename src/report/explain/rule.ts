import type { Incident } from '../incident';

export interface Explanation {
  /** What it means and what to do: a sentence or two. */
  readonly text: string;
  /** The page of docs/beliefs that tells more. */
  readonly page: string;
}

/** Recognizes one case; undefined where the incident is another. */
export type Rule = (incident: Incident) => Explanation | undefined;
