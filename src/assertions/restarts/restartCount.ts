import { containerStatusOf } from '../../timeline/containerStatus';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed } from '../assertionResult';

/** Passes if the restartCount of a container has this value. The last restart decides. */
export function hasRestartCount(timeline: Timeline, container: string, wanted: number): AssertionResult {
  const restartCount = containerStatusOf(timeline, container)?.restartCount ?? 0;
  const last = historyOf(timeline).restarts.findLast((restart) => restart.container === container);
  const decide = restartCount === wanted ? makePassed : makeFailed;
  return decide(last?.started, { kind: 'restartCount', container, count: restartCount });
}
