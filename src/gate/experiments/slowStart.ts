import { holds, type Judgement, undecided } from '../../judgements/judgement';
import { keptByProbes } from '../../judgements/keptByProbes';
import { statusOf } from '../../judgements/statusOf';
import type { Container, Probe } from '../../manifest/model';
import { isA } from '../../timeline/event';
import type { Timeline } from '../../timeline/timeline';
import { probeTiming } from '../../timing/probeTiming';
import { NO_LIMIT } from '../../timing/waits';
import type { Scenario } from '../model/experiment';
import { roughly } from '../model/roughly';
import { pathOf } from '../model/subject';
import type { Evidence } from '../model/targetResult';
import type { Stage } from '../runner/session';
import { answered, whyOf } from './toTargetResult';

/** A slow start that is told from a quick one; the whole of a generous budget would only take its time. */
const SLOW_MOST_MS = 20_000;
const SLOW_LEAST_MS = 500;

/**
 * One container is stopped as soon as it runs, for half of what its startup probe allows, and goes on then. A probe that
 * allows nothing is not asked: whether the app is quick enough for it shows when the pod is left alone.
 */
export function slowStart({ name, startupProbe }: Container): Scenario | undefined {
  const slowMs = startupProbe ? Math.min(probeTiming(startupProbe).survivedStartMs / 2, SLOW_MOST_MS) : 0;
  if (!startupProbe || slowMs < SLOW_LEAST_MS) return undefined;
  return {
    name: `${name} starts slowly`,
    deed: { kind: 'StartSlowly', container: name, slowMs },
    checks: ['startup-gates'],
    play: (stage) => play(stage, { name, startupProbe, slowMs }),
  };
}

interface Slow {
  readonly name: string;
  readonly startupProbe: Probe;
  readonly slowMs: number;
}

async function play(stage: Stage, { name, startupProbe, slowMs }: Slow): Promise<void> {
  const actor = await stage.start();
  const born = await stage.wait(actor, {
    for: `${name} to run`,
    limit: { limit: NO_LIMIT, from: 'start' },
    judge: (timeline) => runs(timeline, name),
  });
  if (born.judgement.outcome !== 'holds') return;
  const from = actor.timeline.now;
  await actor.container(name).freeze();
  const kept = await stage.wait(actor, {
    for: `${name} to be waited for while it starts`,
    limit: slowMs,
    judge: (timeline) => isWaitedFor(timeline, name),
  });
  await actor.container(name).thaw();
  if (kept.judgement.outcome === 'holds') {
    stage.answer({
      check: 'startup-gates',
      container: name,
      outcome: 'notApplicable',
      sentence: whyUp(name, startupProbe),
    });
    return;
  }
  const record = kept.judgement.outcome === 'violated' ? kept : await stage.comesUp(actor);
  if (isBeyond(record, startupProbe, from)) {
    const sentence = `${name} itself takes more than half of what its startup probe allows: a start that is ${roughly(slowMs)} slower is beyond that`;
    stage.answer({ check: 'startup-gates', container: name, outcome: 'notApplicable', sentence });
    return;
  }
  stage.answer(
    answered(
      {
        check: 'startup-gates',
        container: name,
        field: `${pathOf(stage.subject, name)}.startupProbe`,
        passed: () => `a start of ${name} that takes ${roughly(slowMs)} longer is waited for`,
        failed: (failure) => `a start of ${name} that takes ${roughly(slowMs)} longer fails: ${whyOf(failure)}`,
        from,
      },
      record,
    ),
  );
}

/** Whether the startup probe gave up when all that it allows had gone by: that is no fault of its. */
function isBeyond({ judgement: { event } }: Evidence, startupProbe: Probe, from: number): boolean {
  const killed = event && isA('Killing', event) && event.probe === 'startup';
  return killed === true && event.at - from >= probeTiming(startupProbe).survivedStartMs;
}

function whyUp(name: string, { exec }: Probe): string {
  const asks = exec ? ', or its startup probe asks nothing of it' : '';
  return `${name} was up before it could be slowed down${asks}`;
}

function runs(timeline: Timeline, container: string): Judgement {
  const started = timeline.of('Started').find((event) => event.container === container);
  return started ? holds(started, `${container} runs`) : undecided(`${container} does not run`);
}

/** Holds when its startup probe succeeds nevertheless. */
function isWaitedFor(timeline: Timeline, container: string): Judgement {
  if (statusOf(timeline, container)?.started) return holds(timeline.of('StatusPublished').at(-1), 'started');
  return keptByProbes(timeline, 0, [container]);
}
