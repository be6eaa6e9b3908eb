import type { Event } from '../event';
import type { CauseId } from '../failureCause';
import type { Timeline } from '../timeline';
import type { Drop } from './drops';
import { historyOf } from './podHistory';

/** Way in which a container dropped the requests of a client after its stop signal. */
export interface DropPattern {
  /**
   * The container fails requests if more of them got an error than no response. If it is as many of each, the first one
   * decides.
   */
  readonly cause: Extract<CauseId, 'fails-requests-after-signal' | 'stops-before-clients'>;
  readonly first: Drop;
  /** The requests that got an error. */
  readonly failed: readonly Drop[];
  /** The requests that got no response. */
  readonly unanswered: readonly Drop[];
}

/**
 * Returns how the requests of a client to the same port and path were dropped, starting at that one. Returns undefined
 * if there is none, or none failed after a stop signal.
 */
export function dropPatternFrom(timeline: Timeline, request: Event | undefined): DropPattern | undefined {
  if (request?.kind !== 'RequestFinished') return undefined;
  const { port, path } = request;
  const { drops } = historyOf(timeline);
  const own = drops
    .slice(drops.findIndex((drop) => drop.request === request))
    .filter((drop) => drop.signal !== undefined && drop.request.port === port && drop.request.path === path);
  const [first] = own;
  if (!first) return undefined;
  const failed = own.filter(isFailed);
  const unanswered = own.filter((drop) => !isFailed(drop));
  const more = failed.length - unanswered.length;
  const isFailing = more === 0 ? isFailed(first) : more > 0;
  return { cause: isFailing ? 'fails-requests-after-signal' : 'stops-before-clients', first, failed, unanswered };
}

function isFailed({ request }: Drop): boolean {
  return request.status !== undefined;
}
