import { restarted } from '../../judgements/restarted';
import type { Container } from '../../manifest/model';
import { FIRST_RESTART_MS } from '../../timing/watches';
import type { Scenario } from '../model/experiment';
import type { Subject } from '../model/subject';
import type { Stage } from '../runner/session';
import { recovers } from './recovers';
import { answered, whyOf } from './toTargetResult';

/** The main process of one container is killed: is it restarted, and the pod well again? */
export function crashed({ pod: { spec } }: Subject, container: Container): Scenario | undefined {
  const { name, restartPolicy = spec.restartPolicy } = container;
  if (restartPolicy === 'Never') return undefined;
  return {
    name: `${name} crashes`,
    deed: { kind: 'Crash', container: name, restartMs: FIRST_RESTART_MS },
    checks: ['liveness-detects-crash', 'recovers'],
    play: (stage) => play(stage, name),
  };
}

async function play(stage: Stage, name: string): Promise<void> {
  const actor = await stage.opened();
  const since = actor.timeline.events.length;
  const from = actor.timeline.now;
  await actor.container(name).kill();
  const record = await stage.wait(actor, {
    for: `${name} to be restarted`,
    limit: FIRST_RESTART_MS,
    judge: (timeline) => restarted(timeline, since, { container: name }, actor.pod),
  });
  const crash = stage.answer(
    answered(
      {
        check: 'liveness-detects-crash',
        container: name,
        field: 'spec.restartPolicy',
        passed: (took) => `when ${name} crashes, it is restarted after ${took}`,
        failed: (failure) => `when ${name} crashes, it is not restarted: ${whyOf(failure)}`,
        from,
      },
      record,
    ),
  );
  if (crash.outcome === 'passed') await recovers(stage, actor, name, `${name} crashed`);
}
