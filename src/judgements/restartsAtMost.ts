import pluralize from 'pluralize';
import { type Restart, restartsOf } from '../timeline/restart';
import type { Since } from '../timeline/since';
import type { Timeline } from '../timeline/timeline';
import { type Judgement, undecided, violated } from './judgement';
import { withCause } from './restarted';

export interface AllowedRestarts {
  /** This many of each container. */
  readonly times: number;
  /** Of this container alone; of any when absent. */
  readonly container?: string | undefined;
}

/** Violated by the first restart too many after `since`; undecided until then. */
export function restartsAtMost(
  timeline: Timeline,
  since: Since,
  { times, container: wanted }: AllowedRestarts,
): Judgement {
  const counted = restartsOf(timeline).filter(
    ({ started, container }) => timeline.events.indexOf(started) >= since && (wanted ?? container) === container,
  );
  const excess = counted.find((restart, index) => numberOf(restart, counted.slice(0, index)) > times);
  if (excess) return violated(excess.started, withCause(excess));
  return undecided(counted.length === 0 ? 'no restart' : pluralize('restart', counted.length, true));
}

function numberOf({ container }: Restart, before: readonly Restart[]): number {
  return before.filter((each) => each.container === container).length + 1;
}
