import { undisturbed } from '../../judgements/undisturbed';
import { containersOf, isSidecar } from '../../manifest/model';
import { roundDuration } from '../../report/seconds';
import { isA } from '../../timeline/event';
import type { Actor } from '../model/actor';
import type { CheckId } from '../model/checks';
import { clientsOf } from '../model/clients';
import type { Scenario } from '../model/experiment';
import { roughly } from '../model/roughly';
import { pathOf, type Subject } from '../model/subject';
import type { Evidence, TargetResult } from '../model/targetResult';
import { patchMemory } from '../patches/memory';
import { patchSlowAnswer } from '../patches/slowAnswer';
import { patchSlowStart } from '../patches/slowStart';
import type { Stage } from '../runner/session';
import { watchMs } from '../runner/watchMs';
import { deletion } from './deletion';
import { whyDisturbed } from './disturbanceCause';
import { hooksRun } from './hooksRun';
import { whyOf } from './toTargetResult';

/** Nothing is done to the pod: it starts, is watched for a while, and is deleted while clients go on asking it. */
export function leftAlone(subject: Subject): Scenario {
  const { spec } = subject.pod;
  const hooks = containersOf(spec).some(({ lifecycle }) => lifecycle?.postStart ?? lifecycle?.preStop);
  const checks: CheckId[] = [
    'ready-in-budget',
    ...(spec.initContainers.some((container) => !isSidecar(container)) ? (['init-order'] as const) : []),
    'stays-ready',
    'restart-policy',
    ...(hooks ? (['hooks-run'] as const) : []),
    'terminates-in-grace',
    ...(clientsOf(subject).length > 0 || subject.backend.obstacle !== undefined ? (['drains'] as const) : []),
  ];
  return { name: 'left alone', deed: { kind: 'Nothing' }, checks, isGround: true, play };
}

async function play(stage: Stage): Promise<void> {
  const actor = await stage.start();
  const start = await stage.comesUp(actor);
  if (start.judgement.outcome !== 'holds') return failsToStart(stage, actor, start);
  const sentence = `the pod is Ready after ${roughly(start.judgement.event?.at ?? 0)}`;
  stage.answer({ check: 'ready-in-budget', outcome: 'passed', sentence, tookMs: start.judgement.event?.at ?? 0 });
  if (!(await staysReady(stage, actor))) return;
  stage.answer({ check: 'restart-policy', outcome: 'passed', sentence: 'nothing of the pod ends by itself' });
  for (const answer of initOrder(stage.subject, actor)) stage.answer(answer);
  await deletion(stage, actor);
}

async function failsToStart(stage: Stage, actor: Actor, record: Evidence): Promise<void> {
  const completed = endedByItself(stage.subject, actor);
  if (completed) {
    stage.answer(completed);
    stage.endOthers('restart-policy');
    return;
  }
  const { event } = record.judgement;
  const container = event && 'container' in event ? event.container : undefined;
  const probe = event && isA('Killing', event) ? event.probe : undefined;
  const ready = stage.answer({
    check: 'ready-in-budget',
    outcome: 'failed',
    sentence: `the pod would not become Ready: ${whyOf(record)}`,
    container,
    record,
    ...(container !== undefined && probe && { field: `${pathOf(stage.subject, container)}.${probe}Probe` }),
  });
  stage.endOthers('ready-in-budget');
  for (const hook of hooksRun(stage.subject, actor, ['postStart'])) if (hook.outcome === 'failed') stage.answer(hook);
  await stage.mend(ready, async () => {
    return (
      (await patchMemory(stage, record)) ??
      (await patchSlowAnswer(stage, record)) ??
      (await patchSlowStart(stage, record))
    );
  });
}

async function staysReady(stage: Stage, actor: Actor): Promise<boolean> {
  const since = actor.timeline.events.length;
  const ms = watchMs(actor);
  const watched = (forMs: number) =>
    stage.wait(actor, {
      for: 'the pod to stay Ready',
      limit: forMs,
      judge: (timeline) => undisturbed(timeline, since),
    });
  const first = await watched(ms);
  // What has begun to fail may still do so for good.
  const record = first.judgement.outcome === 'undecided' && isFailing(actor) ? await watched(watchMs(actor)) : first;
  if (record.judgement.outcome !== 'violated') {
    const sentence = `left alone, the pod stays Ready for ${roundDuration(ms)}`;
    stage.answer({ check: 'stays-ready', outcome: 'passed', sentence });
    return true;
  }
  const completed = endedByItself(stage.subject, actor);
  if (completed) {
    stage.answer(completed);
    stage.endOthers('restart-policy');
    return false;
  }
  const { event } = record.judgement;
  const container = event && 'container' in event ? event.container : undefined;
  const kept = stage.answer({
    check: 'stays-ready',
    outcome: 'failed',
    sentence: `left alone, the pod does not stay Ready: ${whyDisturbed(record)}`,
    record,
    container,
  });
  stage.endOthers('stays-ready');
  await stage.mend(kept, async () => (await patchMemory(stage, record)) ?? (await patchSlowAnswer(stage, record)));
  return false;
}

/** Whether the last answer that a probe was given is a failure. */
function isFailing({ timeline, pod: { spec } }: Actor): boolean {
  const answers = timeline.of('ProbeFinished');
  return containersOf(spec).some(({ name }) =>
    (['liveness', 'readiness'] as const).some((type) => {
      return answers.findLast(({ container, probe }) => container === name && probe === type)?.result === 'Failure';
    }),
  );
}

/** A container that ends with 0 has done its work: to restart it for ever is what a Job is not for. */
function endedByItself(subject: Subject, { timeline, pod }: Actor): TargetResult | undefined {
  const exit = timeline.of('ContainerExited').find(({ exitCode, afterSignalMs }) => {
    return exitCode === 0 && afterSignalMs === undefined;
  });
  const isRegular = pod.spec.containers.some(({ name }) => name === exit?.container);
  if (!exit || !isRegular) return undefined;
  return {
    check: 'restart-policy',
    outcome: 'failed',
    container: exit.container,
    sentence: `${exit.container} does its work and ends, and would be started again for ever: restartPolicy ${subject.pod.spec.restartPolicy} is for what keeps running; a Job with OnFailure or Never is for what ends`,
    record: {
      judgement: { outcome: 'violated', event: exit, received: `${exit.container} exited with 0` },
      timeline,
      pod,
    },
    field: 'spec.restartPolicy',
  };
}

/** By the kubelet's own doing it cannot be otherwise; what is told is how long each took. */
function initOrder({ pod: { spec } }: Subject, { timeline }: Actor): readonly TargetResult[] {
  const plain = spec.initContainers.filter((container) => !isSidecar(container));
  if (plain.length === 0) return [];
  const ends = plain.map(({ name }) => timeline.of('ContainerExited').findLast(({ container }) => container === name));
  const took = plain.map(({ name }, index) => `${name} after ${roundDuration(ends[index]?.at ?? 0)}`);
  const sentence = `the init containers are done one after the other: ${new Intl.ListFormat('en').format(took)}`;
  return [{ check: 'init-order', outcome: 'passed', sentence }];
}
