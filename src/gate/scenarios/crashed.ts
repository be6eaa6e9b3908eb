import { restarted } from '../../judgements/restarted';
import type { Container } from '../../manifest/model';
import type { Answer } from '../answer';
import { answered, whyOf } from '../answered';
import { recovers } from '../recovers';
import type { Scenario } from '../scenario';
import type { Stage } from '../stage';

/** A first restart never waits for back-off; what it takes is the engine's. */
const RESTART_MS = 15_000;

/** The main process of one container is killed: is it restarted, and the pod well again? */
export function crashed(container: Container): Scenario {
  const { name } = container;
  return {
    name: `${name} crashes`,
    checks: ['liveness-detects-crash', 'recovers'],
    play: (stage) => play(stage, name),
  };
}

async function play(stage: Stage, name: string): Promise<readonly Answer[]> {
  const actor = await stage.start();
  const start = await stage.ready(actor);
  if (start.judgement.outcome !== 'holds') return [];
  const since = actor.timeline.events.length;
  const from = actor.timeline.now;
  await actor.container(name).kill();
  const record = await stage.wait(actor, {
    for: `${name} to be restarted`,
    ms: RESTART_MS,
    judge: (timeline) => restarted(timeline, since, { container: name }, actor.pod),
  });
  const crash = answered(
    {
      check: 'liveness-detects-crash',
      container: name,
      field: 'spec.restartPolicy',
      passed: (took) => `when ${name} crashes, it is restarted after ${took}`,
      failed: (failure) => `when ${name} crashes, it is not restarted: ${whyOf(failure)}`,
      from,
    },
    record,
  );
  return crash.outcome === 'passed' ? [crash, await recovers(stage, actor, name, `${name} crashed`)] : [crash];
}
