import { droppedNoRequests } from '../../judgements/droppedRequests';
import { ranHook } from '../../judgements/ranHook';
import { terminatedGracefully } from '../../judgements/terminatedGracefully';
import { undisturbed } from '../../judgements/undisturbed';
import { type Container, containersOf, type HTTPGetAction, isSidecar } from '../../manifest/model';
import { roundDuration } from '../../report/seconds';
import { START } from '../../timeline/since';
import type { Actor, ClientOptions } from '../actor';
import type { Answer, PodRecord } from '../answer';
import { answered, whyOf } from '../answered';
import { watchMs } from '../budgets';
import type { CheckId } from '../checks';
import type { Scenario } from '../scenario';
import type { Stage } from '../stage';
import { pathOf, type Subject } from '../subject';

const CLIENT_EVERY = '50ms';

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
    ...(clientOf(subject) ? (['drains'] as const) : []),
  ];
  return { name: 'left alone', checks, play };
}

async function play(stage: Stage): Promise<readonly Answer[]> {
  const { subject } = stage;
  const actor = await stage.start();
  const start = await stage.ready(actor);
  const ready = answered(
    {
      check: 'ready-in-budget',
      passed: (took) => `the pod is Ready after ${took}`,
      failed: (record) => `the pod would not become Ready: ${whyOf(record)}`,
      from: 0,
    },
    start,
  );
  if (ready.outcome === 'failed') return [ready];
  const kept = await staysReady(stage, actor);
  const completed = kept.outcome === 'failed' ? endedByItself(subject, actor) : undefined;
  if (completed) return [ready, completed];
  if (kept.outcome === 'failed') return [ready, kept];
  const runs: Answer = { check: 'restart-policy', outcome: 'passed', sentence: 'nothing of the pod ends by itself' };
  return [ready, ...initOrder(subject, actor), kept, runs, ...(await deletion(stage, actor))];
}

async function staysReady(stage: Stage, actor: Actor): Promise<Answer> {
  const since = actor.timeline.events.length;
  const ms = watchMs(actor.pod);
  const record = await stage.wait(actor, {
    for: 'the pod to stay Ready',
    ms,
    judge: (timeline) => undisturbed(timeline, since),
  });
  if (record.judgement.outcome !== 'violated') {
    const sentence = `left alone, the pod stays Ready for ${roundDuration(ms)}`;
    return { check: 'stays-ready', outcome: 'passed', sentence };
  }
  const { event, received, why } = record.judgement;
  const container = event && 'container' in event ? event.container : undefined;
  const sentence = `left alone, the pod does not stay Ready: ${[received, why].filter(Boolean).join(': ')}`;
  return { check: 'stays-ready', outcome: 'failed', sentence, record, container };
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

async function deletion(stage: Stage, actor: Actor): Promise<readonly Answer[]> {
  const { subject } = stage;
  const client = clientOf(subject);
  const since = actor.timeline.events.length;
  const asking = client && (await actor.requests(client.path, { ...client.options, every: CLIENT_EVERY }));
  const deletedAt = actor.timeline.now;
  await actor.delete();
  await asking?.stop();
  const { timeline, pod } = actor;
  const record = (judgement: PodRecord['judgement']): PodRecord => ({ judgement, timeline, pod });
  const ended = answered(
    {
      check: 'terminates-in-grace',
      field: 'spec.terminationGracePeriodSeconds',
      passed: (took) => `deleted, the pod is gone after ${took}, without SIGKILL`,
      failed: (failure) => `deleted, the pod does not end by itself: ${whyOf(failure)}`,
      from: deletedAt,
    },
    record(terminatedGracefully(timeline, START)),
  );
  const dropped = client && drains(subject, client.container, record(droppedNoRequests(timeline, since)));
  return [...hooksRun(subject, actor), ended, ...(dropped ? [dropped] : [])];
}

function hooksRun(subject: Subject, { timeline, pod }: Actor): readonly Answer[] {
  return containersOf(pod.spec).flatMap(({ name, lifecycle }) =>
    (['postStart', 'preStop'] as const).flatMap((hook) => {
      if (!lifecycle?.[hook]) return [];
      const judgement = ranHook(timeline, START, { hook, container: name }, pod);
      const question = {
        check: 'hooks-run',
        container: name,
        field: `${pathOf(subject, name)}.lifecycle.${hook}`,
        passed: () => `the ${hook} hook of ${name} ${judgement.why ? `ends harmlessly: ${judgement.why}` : 'succeeds'}`,
        failed: (failure: PodRecord) => `the ${hook} hook of ${name} fails: ${whyOf(failure)}`,
        from: 0,
      } as const;
      return [answered(question, { judgement, timeline, pod })];
    }),
  );
}

function drains(subject: Subject, container: string, record: PodRecord): Answer {
  const { judgement, timeline } = record;
  const asked = timeline.of('RequestFinished').length;
  if (judgement.outcome !== 'violated') {
    const sentence = `deleted, the pod drops none of ${asked} requests`;
    return { check: 'drains', outcome: 'passed', sentence };
  }
  return {
    check: 'drains',
    outcome: 'failed',
    container,
    sentence: `deleted, the pod drops requests: ${judgement.received}`,
    record,
    field: `${pathOf(subject, container)}.lifecycle.preStop`,
  };
}

interface Client {
  readonly container: string;
  readonly path: string;
  readonly options: ClientOptions;
}

/** Whom clients ask, and for what: what readiness asks for, else liveness, where one of them asks by HTTP. */
function clientOf({ pod: { spec }, endpointRemovalDelay, hasService }: Subject): Client | undefined {
  for (const type of ['readinessProbe', 'livenessProbe'] as const) {
    for (const container of spec.containers) {
      const httpGet = container[type]?.httpGet;
      if (httpGet && (hasService || type === 'readinessProbe'))
        return clientFor(container, httpGet, endpointRemovalDelay);
    }
  }
  return undefined;
}

function clientFor(
  { name }: Container,
  { path, port, scheme }: HTTPGetAction,
  endpointRemovalDelay: ClientOptions['endpointRemovalDelay'],
): Client {
  return {
    container: name,
    path: path ?? '/',
    options: {
      port,
      scheme: scheme === 'HTTPS' ? 'https' : 'http',
      ...(endpointRemovalDelay !== undefined && { endpointRemovalDelay }),
    },
  };
}
