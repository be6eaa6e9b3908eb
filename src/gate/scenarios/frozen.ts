import { leftEndpoints } from '../../judgements/leftEndpoints';
import { restarted } from '../../judgements/restarted';
import type { Container } from '../../manifest/model';
import type { Actor } from '../actor';
import type { Answer } from '../answer';
import { answered } from '../answered';
import { graceMs, noticeMs } from '../budgets';
import type { CheckId } from '../checks';
import { recovers } from '../recovers';
import type { Scenario } from '../scenario';
import type { Stage } from '../stage';
import { pathOf } from '../subject';

/** What hangs may take a moment more to be started anew than its stop took. */
const START_MS = 10_000;

/** Every process of one container is stopped where it stands: who notices, and is the pod well again afterwards? */
export function frozen(container: Container): Scenario {
  const { name, livenessProbe, readinessProbe } = container;
  const checks: CheckId[] = [
    ...(readinessProbe ? (['readiness-leaves-endpoints'] as const) : []),
    ...(livenessProbe ? (['liveness-detects-hang'] as const) : []),
    'recovers',
  ];
  return { name: `${name} hangs`, checks, play: (stage) => play(stage, container) };
}

async function play(stage: Stage, container: Container): Promise<readonly Answer[]> {
  const { name, livenessProbe, readinessProbe } = container;
  const actor = await stage.start();
  const start = await stage.ready(actor);
  if (start.judgement.outcome !== 'holds') return [];
  const since = actor.timeline.events.length;
  const frozenAt = actor.timeline.now;
  await actor.container(name).freeze();
  const asked = { stage, actor, container, since, frozenAt };
  const [left, noticed] = await Promise.all([
    readinessProbe && leaves(asked, noticeMs(readinessProbe)),
    livenessProbe && isRestarted(asked, noticeMs(livenessProbe) + graceMs(actor.pod, container) + START_MS),
  ]);
  if (!livenessProbe || noticed?.outcome === 'failed') await actor.container(name).thaw();
  const again = await recovers(stage, actor, name, `${name} hung`);
  return [left, noticed, again].filter((answer) => answer !== undefined);
}

interface Asked {
  readonly stage: Stage;
  readonly actor: Actor;
  readonly container: Container;
  readonly since: number;
  readonly frozenAt: number;
}

async function leaves({ stage, actor, container, since, frozenAt }: Asked, ms: number): Promise<Answer> {
  const record = await stage.wait(actor, {
    for: `${container.name} to leave the endpoints`,
    ms,
    judge: (timeline) => leftEndpoints(timeline, since),
  });
  const { name } = container;
  return answered(
    {
      check: 'readiness-leaves-endpoints',
      container: name,
      field: `${pathOf(stage.subject, name)}.readinessProbe`,
      passed: (took) => `when ${name} hangs, the pod leaves the endpoints after ${took}`,
      failed: () => `when ${name} hangs, the pod goes on getting requests: its readiness probe still succeeds`,
      from: frozenAt,
    },
    record,
  );
}

async function isRestarted({ stage, actor, container, since, frozenAt }: Asked, ms: number): Promise<Answer> {
  const { name } = container;
  const record = await stage.wait(actor, {
    for: `${name} to be restarted`,
    ms,
    judge: (timeline) => restarted(timeline, since, { container: name, because: 'liveness' }, actor.pod),
  });
  return answered(
    {
      check: 'liveness-detects-hang',
      container: name,
      field: `${pathOf(stage.subject, name)}.livenessProbe`,
      passed: (took) => `when ${name} hangs, it is restarted after ${took}`,
      failed: () => `when ${name} hangs, it hangs for ever: its liveness probe still succeeds`,
      from: frozenAt,
    },
    record,
  );
}
