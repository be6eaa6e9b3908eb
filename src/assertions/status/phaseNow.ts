import { phaseOf } from '../../timeline/condition';
import { historyOf } from '../../timeline/history/podHistory';
import type { PodPhase } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePassed } from '../assertionResult';

/** Passes if the last status has that phase. */
export function hasPhase(timeline: Timeline, wanted: PodPhase): AssertionResult {
  const phase = phaseOf(timeline.status);
  const since = historyOf(timeline).published.findLast(({ status }, index, all) => {
    return status.phase === phase && all[index - 1]?.status.phase !== phase;
  });
  return (phase === wanted ? makePassed : makeFailed)(since, { kind: 'phase', phase });
}
