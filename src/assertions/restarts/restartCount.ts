import { containerStatusOf } from '../../timeline/containerStatus';
import { restartsOf } from '../../timeline/history/restarts';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, failed, passed } from '../assertionResult';

/** Whether a container's status counts that many restarts. Deciding is the last of them. */
export function hasRestartCount(timeline: Timeline, container: string, wanted: number): AssertionResult {
  const restartCount = containerStatusOf(timeline, container)?.restartCount ?? 0;
  const last = restartsOf(timeline).findLast((restart) => restart.container === container);
  const decide = restartCount === wanted ? passed : failed;
  return decide(last?.started, `restartCount ${restartCount} of ${container}`);
}
