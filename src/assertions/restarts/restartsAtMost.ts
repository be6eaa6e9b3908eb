import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePending } from '../assertionResult';

/** Number of restarts that `toRestartAtMost` allows. */
export interface AllowedRestarts {
  /** Number of restarts of each container. */
  readonly times: number;
  /** Default: every container. */
  readonly container?: string | undefined;
}

/** Fails at the first restart beyond the allowed number after `since`, and stays pending until then. */
export function restartsAtMost(
  timeline: Timeline,
  since: Since,
  { times, container: wanted }: AllowedRestarts,
): AssertionResult {
  const history = historyOf(timeline);
  const counted = history.restarts.filter(
    ({ started, container }) => history.isFrom(since, started) && (wanted ?? container) === container,
  );
  const numbers = new Map<string, number>();
  const excess = counted.find(({ container }) => {
    const number = (numbers.get(container) ?? 0) + 1;
    numbers.set(container, number);
    return number > times;
  });
  if (excess) return makeFailed(excess.started, { kind: 'restart', restart: excess });
  return makePending({ kind: 'restarts', count: counted.length });
}
