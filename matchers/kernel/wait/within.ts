import type { Duration } from '../../../src/clock/duration';
import type { WaitLimit } from '../../../src/timing/waits';
import type { LimitOrigin } from '../../../src/waiting/waitDeadline';
import { formatDuration } from '../../../src/wording/durations';
import { formatLimit } from '../../../src/wording/limit';
import { type Checks, unchecked } from '../call/options';
import { askedMs } from './duration';

/** How long to wait, on the pod's clock; by the manifest's own limit when neither is given. */
export interface Within {
  readonly within?: Duration | undefined;
  readonly withinMs?: number | undefined;
}

export const WITHIN: Checks<Within> = { within: unchecked, withinMs: unchecked };

export interface Limit {
  readonly wait: number | Pick<OwnLimit, 'limit' | 'from'>;
  /** As it reads after `within`. */
  readonly text: string;
}

/** The limit of a wait by the manifest. */
export interface OwnLimit {
  readonly limit: WaitLimit;
  readonly from: LimitOrigin;
  /** The same limit as the message shows it. */
  readonly shown: WaitLimit;
}

/** The time a wait gets: what was asked for, else the manifest's own limit. */
export function waitLimitOf({ within, withinMs }: Within, own: () => OwnLimit): Limit {
  const asked = askedMs('within', within, withinMs);
  if (asked !== undefined) return { wait: asked, text: formatDuration(asked) };
  const { limit, from, shown } = own();
  return { wait: { limit, from }, text: formatLimit(shown) };
}
