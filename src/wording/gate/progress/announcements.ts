import type { WaitLimit } from '../../../timing/waits';
import { formatDuration } from '../../durations';
import { formatFrom, type MessageOf } from '../../message';
import { PATCH_WAITS } from './patchWaits';
import { WAITS } from './waits';

/** A shorter wait needs no announcement of its limit. */
const LONG_MS = 5_000;

type AllWaits = typeof WAITS & typeof PATCH_WAITS;

const ALL_WAITS: AllWaits = { ...WAITS, ...PATCH_WAITS };

/** A thing to wait for. */
export type WaitMessage = MessageOf<AllWaits>;

/** A wait, with its limit on the pod's clock. */
export interface Announcement {
  readonly wait: WaitMessage;
  readonly limit?: number | WaitLimit;
}

/** Returns `Ready (up to 1m)` for a wait with a long limit, and `Ready (up to 10m, progressDeadlineSeconds)` if a field sets it. */
export function formatAnnouncement({ wait, limit = 0 }: Announcement): string {
  const subject = formatFrom(ALL_WAITS, wait);
  const { ms, terms } = typeof limit === 'number' ? { ms: limit, terms: [] } : limit;
  if (ms <= LONG_MS) return subject;
  const field = terms.find(({ name }) => name === 'progressDeadlineSeconds' || name === 'activeDeadlineSeconds')?.name;
  return `${subject} (${[`up to ${formatDuration(ms)}`, field].filter(Boolean).join(', ')})`;
}
