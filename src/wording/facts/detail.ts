import type { Detail } from '../../assertions/facts/detail';
import type { Drop } from '../../timeline/history/drops';
import { formatSeconds } from '../durations';
import { formatFrom, type Words } from '../message';

/** Returns one of several cases, as a line. */
export function formatDetail(detail: Detail): string {
  return formatFrom(WORDS, detail);
}

const WORDS: Words<Detail> = {
  drop: ({ drop }) => formatDrop(drop),
  more: ({ count }) => `and ${count} more`,
};

/** Returns `GET / refused: sent 0.12s after SIGTERM, ended 0.13s after it, 0.15s after removal from the endpoints`. */
function formatDrop({ request, signal, sentAfterRemovalMs, isEndpoint, isInFlight }: Drop): string {
  const times = signal
    ? `sent ${offset(signal.sentAfterMs, signal.name)}, ended ${offset(signal.endedAfterMs, 'it')}`
    : `sent at ${formatSeconds(request.sentAt, 2)}, ended at ${formatSeconds(request.at, 2)}`;
  const circumstances = [
    times,
    ...(isInFlight ? ['in flight'] : []),
    ...(sentAfterRemovalMs === undefined ? [] : [offset(sentAfterRemovalMs, 'removal from the endpoints')]),
    ...(isEndpoint && !signal && sentAfterRemovalMs === undefined ? ['while in the endpoints'] : []),
  ];
  return `GET ${request.path} ${request.failure}: ${circumstances.join(', ')}`;
}

function offset(ms: number, what: string): string {
  return `${formatSeconds(Math.abs(ms), 2)} ${ms < 0 ? 'before' : 'after'} ${what}`;
}
