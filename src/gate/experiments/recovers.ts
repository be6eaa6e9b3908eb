import { recovered } from '../../judgements/recovered';
import { restartsOf } from '../../timeline/restart';
import type { Actor } from '../model/actor';
import type { TargetResult } from '../model/targetResult';
import type { Stage } from '../runner/session';
import { answered, whyOf } from './toTargetResult';

/** Whether the pod is Ready again after a fault, with every restart that it has led to: `web hung`. */
export async function recovers(stage: Stage, actor: Actor, container: string, fault: string): Promise<TargetResult> {
  const restarts = restartsOf(actor.timeline).filter((restart) => restart.container === container).length;
  const from = actor.timeline.now;
  const record = await stage.wait(actor, {
    for: `the pod to be Ready again after ${fault}`,
    limit: stage.readyLimit(actor),
    judge: (timeline) => recovered(timeline, container, restarts),
  });
  return stage.answer(
    answered(
      {
        check: 'recovers',
        container,
        passed: (took) => `${took} after ${fault}, the pod is Ready again`,
        failed: (record) => `the pod is not Ready again after ${fault}: ${whyOf(record)}`,
        from,
      },
      record,
    ),
  );
}
