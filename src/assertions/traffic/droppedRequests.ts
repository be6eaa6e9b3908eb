import type { Drop } from '../../timeline/history/drops';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePending } from '../assertionResult';
import type { Detail } from '../facts/detail';
import { assumption } from './assumption';

/** Number of requests that are listed one by one. */
const LISTED_MAX = 5;

/** Fails at the first dropped request since `since` that counts, and stays pending until then. */
export function droppedNoRequests(
  timeline: Timeline,
  since: Since,
  counts: (request: Drop['request']) => boolean = () => true,
): AssertionResult {
  const history = historyOf(timeline);
  const requests = history.from(since, history.requests).length;
  const drops = history.drops.filter(({ request }) => history.isFrom(since, request) && counts(request));
  const received = { kind: 'drops', dropped: drops.length, requests } as const;
  const [first] = drops;
  if (!first) return makePending(received);
  return {
    ...makeFailed(first.request, received),
    details: detailsOf(drops),
    remark: assumption(timeline),
  };
}

function detailsOf(drops: readonly Drop[]): readonly Detail[] {
  const more = drops.length - LISTED_MAX;
  const listed = drops.slice(0, LISTED_MAX).map((drop) => ({ kind: 'drop', drop }) as const);
  return more > 0 ? [...listed, { kind: 'more', count: more }] : listed;
}
