import { endedInGrace } from '../../judgements/endedInGrace';
import { ranHook } from '../../judgements/ranHook';
import { undisturbed } from '../../judgements/undisturbed';
import { containerNamed, containersOf, isSidecar } from '../../manifest/model';
import { roundDuration } from '../../report/seconds';
import { type HookType, isA } from '../../timeline/event';
import { hookRunsOf } from '../../timeline/hookRun';
import { type SignalTrouble, troubleText, whyStillThere } from '../../timeline/signalTrouble';
import { START } from '../../timeline/since';
import { stopsOf } from '../../timeline/stop';
import type { Actor } from '../actor';
import type { Answer, PodRecord } from '../answer';
import { answered, whyOf } from '../answered';
import { watchMs } from '../budgets';
import type { CheckId } from '../checks';
import { clientsOf } from '../clients';
import { deleteAsked } from '../deleteAsked';
import { patchDrain } from '../patches/drain';
import { patchGrace } from '../patches/grace';
import { patchMemory } from '../patches/memory';
import { patchSlowAnswer } from '../patches/slowAnswer';
import { patchSlowStart } from '../patches/slowStart';
import { roughly } from '../roughly';
import type { Scenario } from '../scenario';
import type { Stage } from '../stage';
import { pathOf, type Subject } from '../subject';
import { whyDropped } from '../whyDropped';

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
    ...(clientsOf(subject).length > 0 ? (['drains'] as const) : []),
  ];
  return { name: 'left alone', checks, isGround: true, play };
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

async function failsToStart(stage: Stage, actor: Actor, record: PodRecord): Promise<void> {
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
    stage.wait(actor, { for: 'the pod to stay Ready', ms: forMs, judge: (timeline) => undisturbed(timeline, since) });
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

/** What became of a pod that nobody had done anything to: what is unready was often killed, or has ended, just before. */
function whyDisturbed({ timeline, judgement, pod }: PodRecord): string {
  const killing = timeline.of('Killing').findLast(({ probe }) => probe !== undefined);
  if (killing) {
    const { container, probe } = killing;
    const last = timeline
      .of('ProbeFinished')
      .findLast((each) => each.container === container && each.probe === probe && each.result === 'Failure');
    return `${container} would be killed by its own ${probe} probe${last ? `: ${last.output}` : ''}`;
  }
  const exited = timeline.of('ContainerExited').findLast(({ container }) => {
    return pod.spec.containers.some(({ name }) => name === container);
  });
  if (!exited) return judgement.why ?? judgement.received;
  const { container, exitCode, reason } = exited;
  if (reason !== 'OOMKilled') return `${container} ends by itself, with exit code ${exitCode}`;
  const limit = containerNamed(pod.spec, container)?.resources?.limits?.memory;
  return `${container} would be killed for want of memory${limit ? `, at its limit of ${limit}` : ''}`;
}

/** A container that ends with 0 has done its work: to restart it for ever is what a Job is not for. */
function endedByItself(subject: Subject, { timeline, pod }: Actor): Answer | undefined {
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
function initOrder({ pod: { spec } }: Subject, { timeline }: Actor): readonly Answer[] {
  const plain = spec.initContainers.filter((container) => !isSidecar(container));
  if (plain.length === 0) return [];
  const ends = plain.map(({ name }) => timeline.of('ContainerExited').findLast(({ container }) => container === name));
  const took = plain.map(({ name }, index) => `${name} after ${roundDuration(ends[index]?.at ?? 0)}`);
  const sentence = `the init containers are done one after the other: ${new Intl.ListFormat('en').format(took)}`;
  return [{ check: 'init-order', outcome: 'passed', sentence }];
}

async function deletion(stage: Stage, actor: Actor): Promise<void> {
  stage.tell('the pod to end');
  const deletedAt = actor.timeline.now;
  const asked = await deleteAsked(stage, actor);
  const { timeline, pod } = actor;
  for (const hook of hooksRun(stage.subject, actor)) stage.answer(hook);
  const ended = stage.answer(
    answered(
      {
        check: 'terminates-in-grace',
        field: 'spec.terminationGracePeriodSeconds',
        passed: (took) => `deleted, the pod is gone after ${took}, without SIGKILL`,
        failed: (failure) => `deleted, the pod does not end by itself: ${whyNotEnded(failure)}`,
        from: deletedAt,
      },
      { judgement: endedInGrace(timeline), timeline, pod },
    ),
  );
  const drained = asked && stage.answer(drains(stage.subject, asked));
  await stage.mend(ended, () => patchGrace(stage, { judgement: endedInGrace(timeline), timeline, pod }));
  const { container } = drained ?? {};
  if (drained && container !== undefined) await stage.mend(drained, () => patchDrain(stage, container));
}

/** What was still there, and what of its processes kept it from ending. */
function whyNotEnded(record: PodRecord): string {
  const { timeline, judgement } = record;
  const { received } = judgement;
  const why = [received, judgement.why].filter(Boolean).join(': ');
  const seen = stopsOf(timeline).find(({ killed }) => killed !== undefined)?.seen;
  const trouble: SignalTrouble | undefined = seen && whyStillThere(seen);
  return trouble && !why.includes(trouble.wrong) ? `${why}; ${troubleText(trouble)}` : why;
}

/** A hook that the grace cuts short is the grace's matter. */
function hooksRun(
  subject: Subject,
  { timeline, pod }: Actor,
  hooks: readonly HookType[] = ['postStart', 'preStop'],
): readonly Answer[] {
  return containersOf(pod.spec).flatMap(({ name, lifecycle }) =>
    hooks.flatMap((hook): readonly Answer[] => {
      if (!lifecycle?.[hook]) return [];
      const field = `${pathOf(subject, name)}.lifecycle.${hook}`;
      if (hookRunsOf(timeline).some((run) => run.container === name && run.hook === hook && run.outlived)) {
        const sentence = `the ${hook} hook of ${name} was still running when the grace was over: see terminates-in-grace`;
        return [{ check: 'hooks-run', outcome: 'notRun', container: name, sentence, field }];
      }
      const judgement = ranHook(timeline, START, { hook, container: name }, pod);
      const question = {
        check: 'hooks-run',
        container: name,
        field,
        passed: () => `the ${hook} hook of ${name} ${judgement.why ? `ends harmlessly: ${judgement.why}` : 'succeeds'}`,
        failed: (failure: PodRecord) => `the ${hook} hook of ${name} fails: ${shortly(whyOf(failure))}`,
        from: 0,
      } as const;
      return [answered(question, { judgement, timeline, pod })];
    }),
  );
}

/** Without what the kubelet says first: which hook of which container of which pod it was. */
function shortly(message: string): string {
  return message.replace(/^.* lifecycle hook .* failed - error: /, '');
}

function drains(subject: Subject, record: PodRecord): Answer {
  const { judgement, timeline } = record;
  const asked = timeline.of('RequestFinished').length;
  if (judgement.outcome !== 'violated') {
    const sentence = `deleted, the pod drops none of ${asked} requests`;
    return { check: 'drains', outcome: 'passed', sentence };
  }
  const container = whoDrops(subject, record);
  const why = whyDropped(timeline, container);
  return {
    check: 'drains',
    outcome: 'failed',
    container,
    sentence: `deleted, the pod drops requests: ${[judgement.received, ...why].join('; ')}`,
    record,
    field: `${pathOf(subject, container)}.lifecycle`,
  };
}

/** Of several that are asked for that path, the one that was gone first. */
function whoDrops(subject: Subject, { judgement: { event }, timeline }: PodRecord): string {
  const clients = clientsOf(subject);
  const path = event?.kind === 'RequestFinished' ? event.path : undefined;
  const asked = clients.filter((client) => client.path === path);
  const names = (asked.length > 0 ? asked : clients).map(({ container }) => container);
  return timeline.of('ContainerExited').find(({ container }) => names.includes(container))?.container ?? names[0] ?? '';
}
