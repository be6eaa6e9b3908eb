import type { Duration } from '../../src/clock/duration';
import type { Budget } from '../../src/manifest/budget';
import { roundDuration } from '../../src/report/seconds';
import { askedMs } from './duration';
import { type Checks, unchecked } from './options';

/** How long to wait, on the pod's clock; by the manifest's own budget when neither is given. */
export interface Within {
  readonly within?: Duration | undefined;
  readonly withinMs?: number | undefined;
}

export const WITHIN: Checks<Within> = { within: unchecked, withinMs: unchecked };

export interface Limit {
  readonly ms: number;
  /** As it reads after `within`. */
  readonly text: string;
}

/** The time a wait gets: what was asked for, else the manifest's own budget. */
export function limitOf({ within, withinMs }: Within, budget: () => Budget): Limit {
  const asked = askedMs('within', within, withinMs);
  if (asked !== undefined) return { ms: asked, text: roundDuration(asked) };
  const { ms, limited } = budget();
  return { ms, text: `${roundDuration(ms)} (${limited ? "the manifest's own limit" : 'the manifest sets no limit'})` };
}
