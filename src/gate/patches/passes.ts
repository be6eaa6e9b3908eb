import { undisturbed } from '../../judgements/undisturbed';
import type { Pod } from '../../manifest/model';
import type { Stage } from '../runner/session';
import { watchMs } from '../runner/watchMs';

/** Whether such a pod comes up and stays as it is. */
export async function passes(stage: Stage, pod: Pod): Promise<boolean> {
  const actor = await stage.start(pod);
  try {
    const up = await stage.comesUp(actor);
    if (up.judgement.outcome !== 'holds') return false;
    const since = actor.timeline.events.length;
    const kept = await stage.wait(actor, {
      for: 'the pod to stay Ready with it',
      limit: watchMs(actor),
      judge: (timeline) => undisturbed(timeline, since),
    });
    return kept.judgement.outcome !== 'violated';
  } finally {
    await stage.done(actor);
  }
}
