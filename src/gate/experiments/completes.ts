import { reachedPhase } from '../../judgements/reachedPhase';
import { phaseOf } from '../../timeline/condition';
import { phaseLimit } from '../../timing/waits';
import type { Scenario } from '../model/experiment';
import { roughly } from '../model/roughly';
import type { Evidence } from '../model/targetResult';
import type { Stage } from '../runner/session';
import { answered, whyOf } from './toTargetResult';

/** A pod that is meant to end is left alone until it does. */
export function completes(): Scenario {
  const deed = { kind: 'AwaitEnd' } as const;
  return { name: 'runs to completion', deed, checks: ['restart-policy'], isGround: true, play };
}

async function play(stage: Stage): Promise<void> {
  const actor = await stage.start();
  const limit = phaseLimit(actor.pod.spec, 'Succeeded');
  const { ms, limited } = limit;
  const record = await stage.wait(actor, {
    for: 'the pod to succeed',
    limit: { limit, from: limited ? 'pod' : 'fault' },
    judge: (timeline) => reachedPhase(timeline, 0, 'Succeeded'),
  });
  if (!limited && isAtWork(record)) {
    const sentence = `the pod is still at work after ${roughly(ms)}, and nothing says how long it may be: set activeDeadlineSeconds`;
    stage.answer({ check: 'restart-policy', outcome: 'notRun', sentence, field: 'spec' });
    return;
  }
  const { restartPolicy } = actor.pod.spec;
  stage.answer(
    answered(
      {
        check: 'restart-policy',
        field: 'spec.restartPolicy',
        passed: (took) => `the pod does its work and succeeds after ${took}`,
        failed: (failure) => `the pod would not succeed: ${whyOf(failure)}${again(restartPolicy)}`,
        from: 0,
      },
      record,
    ),
  );
}

/** Whether it runs and has never ended: that is no failure, it only takes long. */
function isAtWork({ judgement, timeline }: Evidence): boolean {
  const hasEnded = timeline.of('ContainerExited').some(({ exitCode }) => exitCode !== 0);
  return judgement.outcome === 'undecided' && phaseOf(timeline.status) === 'Running' && !hasEnded;
}

function again(policy: string): string {
  return policy === 'Never'
    ? ' (under Never nothing is tried again in this pod: a Job makes another, up to its backoffLimit)'
    : '';
}
