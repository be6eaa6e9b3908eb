import { reachedPhase } from '../../judgements/reachedPhase';
import { phaseBudget } from '../../manifest/budget';
import type { Answer } from '../answer';
import { answered, whyOf } from '../answered';
import type { Scenario } from '../scenario';
import type { Stage } from '../stage';

/** A pod that is meant to end is left alone until it does. */
export function completes(): Scenario {
  return { name: 'runs to completion', checks: ['restart-policy'], play };
}

async function play(stage: Stage): Promise<readonly Answer[]> {
  const actor = await stage.start();
  const since = actor.timeline.events.length;
  const record = await stage.wait(actor, {
    for: 'the pod to succeed',
    ms: phaseBudget(actor.pod.spec, 'Succeeded').ms,
    judge: (timeline) => reachedPhase(timeline, since, 'Succeeded'),
  });
  return [
    answered(
      {
        check: 'restart-policy',
        field: 'spec.restartPolicy',
        passed: (took) => `the pod does its work and succeeds after ${took}`,
        failed: (failure) => `the pod would not succeed: ${whyOf(failure)}`,
        from: 0,
      },
      record,
    ),
  ];
}
