import type { Duration } from '../../../src/clock/duration';
import type { WaitLimit } from '../../../src/timing/waits';
import type { LimitOrigin } from '../../../src/waiting/waitDeadline';
import { formatDuration } from '../../../src/wording/durations';
import { formatLimit } from '../../../src/wording/limit';
import { type Checks, skipCheck } from '../call/options';
import { askedMs } from './duration';

/** Limit of a wait on the pod's clock. Default: the manifest's own limit. */
export interface Within {
  readonly within?: Duration | undefined;
  readonly withinMs?: number | undefined;
}

export const WITHIN: Checks<Within> = { within: skipCheck, withinMs: skipCheck };

export interface Limit {
  readonly wait: number | Pick<OwnLimit, 'limit' | 'from'>;
  /** The text after `within` in a message. */
  readonly text: string;
}

/** Limit of a wait from the manifest. */
export interface OwnLimit {
  readonly limit: WaitLimit;
  readonly from: LimitOrigin;
  /** The limit that the message shows. */
  readonly shown: WaitLimit;
}

/** Returns the limit that the test set, or else the manifest's own limit. */
export function waitLimitOf({ within, withinMs }: Within, own: () => OwnLimit): Limit {
  const asked = askedMs('within', within, withinMs);
  if (asked !== undefined) return { wait: asked, text: formatDuration(asked) };
  const { limit, from, shown } = own();
  return { wait: { limit, from }, text: formatLimit(shown) };
}
