import { phaseOf } from '../../timeline/condition';
import type { PodPhase } from '../../timeline/podStatus';
import type { Timeline } from '../../timeline/timeline';
import { holds, type Judgement, violated } from '../assertionResult';

/** Whether the pod's phase is that one, as last published. */
export function hasPhase(timeline: Timeline, wanted: PodPhase): Judgement {
  const phase = phaseOf(timeline.status);
  const since = timeline.of('StatusPublished').findLast(({ status }, index, all) => {
    return status.phase === phase && all[index - 1]?.status.phase !== phase;
  });
  return phase === wanted ? holds(since, `phase ${phase}`) : violated(since, `phase ${phase}`);
}
