import pluralize from 'pluralize';
import type { Drop } from '../../timeline/history/drops';
import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { assumption } from '../../wording/endpoints';
import { type AssertionResult, failed, pending } from '../assertionResult';

/** How many are told one by one. */
const TOLD_MAX = 5;

/** Failed by the first request since `since` that was dropped, of those that count; pending until then. */
export function droppedNoRequests(
  timeline: Timeline,
  since: Since,
  counts: (request: Drop['request']) => boolean = () => true,
): AssertionResult {
  const history = historyOf(timeline);
  const requests = history.from(since, history.requests).length;
  const drops = history.drops.filter(({ request }) => history.isFrom(since, request) && counts(request));
  const [first] = drops;
  if (!first) return pending(`${pluralize('request', requests, true)}, none dropped`);
  return {
    ...failed(first.request, `${drops.length} of ${pluralize('request', requests, true)} dropped`),
    details: told(drops),
    remark: assumption(timeline),
  };
}

function told(drops: readonly Drop[]): readonly string[] {
  const rest = drops.length - TOLD_MAX;
  return [...drops.slice(0, TOLD_MAX).map(dropText), ...(rest > 0 ? [`and ${rest} more`] : [])];
}

/** `GET / refused: sent 0.12 s after SIGTERM, ended 0.13 s after it, 0.15 s after removal from the endpoints` */
function dropText({ request, signal, sentAfterRemovalMs, isEndpoint, isInFlight }: Drop): string {
  const times = signal
    ? `sent ${offset(signal.sentAfterMs, signal.name)}, ended ${offset(signal.endedAfterMs, 'it')}`
    : `sent at ${inSeconds(request.sentAt)}, ended at ${inSeconds(request.at)}`;
  const stands = [
    times,
    ...(isInFlight ? ['in flight'] : []),
    ...(sentAfterRemovalMs === undefined ? [] : [offset(sentAfterRemovalMs, 'removal from the endpoints')]),
    ...(isEndpoint && !signal && sentAfterRemovalMs === undefined ? ['while in the endpoints'] : []),
  ];
  return `GET ${request.path} ${request.failure}: ${stands.join(', ')}`;
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}

function offset(ms: number, what: string): string {
  return `${inSeconds(Math.abs(ms))} ${ms < 0 ? 'before' : 'after'} ${what}`;
}
