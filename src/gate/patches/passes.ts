import { evaluate } from '../../assertions/evaluate';
import type { Pod } from '../../manifest/model';
import { historyOf } from '../../timeline/history/podHistory';
import type { PodTrial } from '../../wording/gate/progress/trials';
import type { Session } from '../runner/session/session';
import { steadyStateMs } from '../runner/windows';

/** Resolves to true if a pod becomes Ready and stays Ready. */
export async function passes(session: Session, pod: Pod, trial: PodTrial): Promise<boolean> {
  const actor = await session.start(pod, trial);
  try {
    const up = await session.comesUp(actor);
    if (up.result.outcome !== 'passed') return false;
    const since = historyOf(actor.timeline).end;
    const kept = await session.wait(actor, {
      for: { kind: 'steadyWithPatch' },
      limit: steadyStateMs(actor),
      evaluate: (timeline) =>
        evaluate({ kind: 'steadyState' }, { timeline, pod: actor.pod, since, actedAt: timeline.now }),
    });
    return kept.result.outcome !== 'failed';
  } finally {
    await session.done(actor);
  }
}
