import type { Pod } from '../../manifest/model';
import { historyOf } from '../../timeline/history/podHistory';
import type { Restart, RestartCause } from '../../timeline/history/restarts';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed, makePending } from '../assertionResult';
import type { Received } from '../facts/received';
import { noMoreStarts } from '../status/noMoreStarts';

/** Filter for restarts. */
export interface RestartFilter {
  /** Default: any container. */
  readonly container?: string | undefined;
  /** Default: any cause. */
  readonly because?: RestartCause | undefined;
  /** Number of restarts. Default: 1. */
  readonly times?: number | undefined;
}

/** Passes at the given number of matching restarts after `since`. Fails when nothing restarts any more. */
export function evaluateRestarts(timeline: Timeline, since: Since, which: RestartFilter, pod: Pod): AssertionResult {
  const history = historyOf(timeline);
  const restarts = history.restarts.filter(({ started }) => history.isFrom(since, started));
  const matching = restarts.filter((restart) => matches(restart, which));
  const last = matching[(which.times ?? 1) - 1];
  if (last)
    return makePassed(last.started, { kind: 'restart', restart: { attempt: last.attempt, container: last.container } });
  const received = insteadOf(matching, restarts);
  const over = noMoreStarts(timeline, pod, which.container);
  return over ? makeFailed(over.event, received, over.reason) : makePending(received);
}

function matches(restart: Restart, { container, because }: RestartFilter): boolean {
  return (container ?? restart.container) === restart.container && (because ?? restart.because) === restart.because;
}

function insteadOf(matching: readonly Restart[], all: readonly Restart[]): Received {
  const isOther = matching.length === 0 && all.length > 0;
  return isOther
    ? { kind: 'otherRestarts', restarts: all.slice(-3) }
    : { kind: 'fewer', of: 'restart', count: matching.length };
}
