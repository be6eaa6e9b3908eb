import type { Duration } from '../../src/clock/duration';
import { roundDuration } from '../../src/report/seconds';
import type { WaitLimit } from '../../src/timing/waits';
import { formatLimit } from '../../src/wording/limit';
import { askedMs } from './duration';
import { type Checks, unchecked } from './options';

/** How long to wait, on the pod's clock; by the manifest's own limit when neither is given. */
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

/** The time a wait gets: what was asked for, else the manifest's own limit. */
export function limitOf({ within, withinMs }: Within, own: () => WaitLimit): Limit {
  const asked = askedMs('within', within, withinMs);
  if (asked !== undefined) return { ms: asked, text: roundDuration(asked) };
  const limit = own();
  return { ms: limit.ms, text: formatLimit(limit) };
}
