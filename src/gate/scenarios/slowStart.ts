import { holds, undecided } from '../../judgements/judgement';
import { keptByProbes } from '../../judgements/keptByProbes';
import type { Container, Probe } from '../../manifest/model';
import { roundDuration } from '../../report/seconds';
import type { Timeline } from '../../timeline/timeline';
import type { Answer } from '../answer';
import { answered, whyOf } from '../answered';
import { startupMs } from '../budgets';
import type { Scenario } from '../scenario';
import type { Stage } from '../stage';
import { pathOf } from '../subject';

const CREATED_WITHIN_MS = 120_000;
/** A slow start that is told from a quick one; the whole of a generous budget would only take its time. */
const SLOW_MOST_MS = 20_000;

/** One container is stopped as soon as it runs, for half of what its startup probe allows, and goes on then. */
export function slowStart(container: Container & { readonly startupProbe: Probe }): Scenario {
  return {
    name: `${container.name} starts slowly`,
    checks: ['startup-gates'],
    play: (stage) => play(stage, container.name, Math.min(startupMs(container.startupProbe) / 2, SLOW_MOST_MS)),
  };
}

async function play(stage: Stage, name: string, slowMs: number): Promise<readonly Answer[]> {
  const actor = await stage.start();
  const born = await stage.wait(actor, {
    for: `${name} to run`,
    ms: CREATED_WITHIN_MS,
    judge: (timeline) => runs(timeline, name),
  });
  if (born.judgement.outcome !== 'holds') return [];
  const from = actor.timeline.now;
  await actor.container(name).freeze();
  const kept = await stage.wait(actor, {
    for: `${name} to be waited for while it starts`,
    ms: slowMs,
    judge: (timeline) => keptByProbes(timeline, 0, [name]),
  });
  await actor.container(name).thaw();
  const record = kept.judgement.outcome === 'violated' ? kept : await stage.ready(actor);
  return [
    answered(
      {
        check: 'startup-gates',
        container: name,
        field: `${pathOf(stage.subject, name)}.startupProbe`,
        passed: () => `a start of ${name} that takes ${roundDuration(slowMs)} longer is waited for`,
        failed: (failure) => `a start of ${name} that takes ${roundDuration(slowMs)} longer fails: ${whyOf(failure)}`,
        from,
      },
      record,
    ),
  ];
}

function runs(timeline: Timeline, container: string) {
  const started = timeline.of('Started').find((event) => event.container === container);
  return started ? holds(started, `${container} runs`) : undecided(`${container} does not run`);
}
