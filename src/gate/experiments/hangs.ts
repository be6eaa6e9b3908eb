import { type Judgement, violated } from '../../judgements/judgement';
import { leftEndpoints } from '../../judgements/leftEndpoints';
import { restarted } from '../../judgements/restarted';
import type { Container, Pod } from '../../manifest/model';
import { type Event, type EventOf, isA } from '../../timeline/event';
import type { Timeline } from '../../timeline/timeline';
import { detectedWithinMs, restartedWithinMs } from '../../timing/watches';
import type { Actor } from '../model/actor';
import type { CheckId } from '../model/checks';
import type { Deed, Scenario } from '../model/experiment';
import { roughly } from '../model/roughly';
import { assumed, pathOf, type Subject, unreachable } from '../model/subject';
import type { Evidence } from '../model/targetResult';
import type { Stage } from '../runner/session';
import { recovers } from './recovers';
import { answered } from './toTargetResult';

/** An answer may have been on its way. */
const SETTLED_MS = 200;

/**
 * Every process of one container is stopped where it stands: who notices, and is the pod well again afterwards? Of a
 * container without probes nobody does.
 */
export function frozen(subject: Subject, container: Container): Scenario | undefined {
  const { name, readinessProbe } = container;
  const livenessProbe = restartingProbe(subject.pod, container);
  if (!livenessProbe && !readinessProbe) return undefined;
  const leaves = readinessProbe !== undefined && !subject.backend.publishNotReadyAddresses;
  const checks: CheckId[] = [
    ...(leaves ? (['readiness-leaves-endpoints'] as const) : []),
    ...(livenessProbe ? (['liveness-detects-hang'] as const) : []),
    'recovers',
  ];
  const deed = {
    kind: 'Hang',
    container: name,
    restartMs: livenessProbe && restartedWithinMs(subject.pod.spec, container, livenessProbe),
    leaveMs: leaves ? detectedWithinMs(readinessProbe) : undefined,
  } as const;
  return { name: `${name} hangs`, deed, checks, play: (stage) => play(stage, container, deed) };
}

/** The liveness probe of a container that is restarted when it fails. */
function restartingProbe({ spec }: Pod, { livenessProbe, restartPolicy = spec.restartPolicy }: Container) {
  return restartPolicy === 'Never' ? undefined : livenessProbe;
}

async function play(stage: Stage, container: Container, { restartMs, leaveMs }: Hang): Promise<void> {
  const { name } = container;
  const actor = await stage.opened();
  const since = actor.timeline.events.length;
  const frozenAt = actor.timeline.now;
  await actor.container(name).freeze();
  await actor.progress(actor.timeline.now);
  const asked = { stage, actor, container, since, frozenAt, stoodAt: actor.timeline.now };
  const [noticed] = await Promise.all([
    restartMs === undefined ? undefined : isRestarted(asked, restartMs),
    leaveMs === undefined ? undefined : leavesEndpoints(asked, leaveMs),
  ]);
  if (noticed?.judgement.outcome !== 'holds') await actor.container(name).thaw();
  await recovers(stage, actor, name, `${name} hung`);
}

type Hang = Extract<Deed, { readonly kind: 'Hang' }>;

interface Asked {
  readonly stage: Stage;
  readonly actor: Actor;
  readonly container: Container;
  readonly since: number;
  readonly frozenAt: number;
  /** When all of it surely stood still. */
  readonly stoodAt: number;
}

/**
 * A container that its liveness probe restarts leaves the endpoints by that alone, late; whether readiness would have seen it
 * as well shows in what it was told meanwhile.
 */
async function leavesEndpoints(
  { stage, actor, container, since, frozenAt, stoodAt }: Asked,
  ms: number,
): Promise<void> {
  const { name } = container;
  const unreached = unreachable(stage.subject, 'readiness-leaves-endpoints');
  if (unreached) {
    stage.answer({ ...unreached, container: name });
    return;
  }
  const record = await stage.wait(actor, {
    for: `${name} to leave the endpoints`,
    limit: ms,
    judge: (timeline) => saidReadyOf(timeline, name, since, stoodAt) ?? leftEndpoints(timeline, since),
  });
  const how = wasAskedOf(record, name, since)
    ? ''
    : ', when its liveness probe has it restarted: readiness comes later';
  stage.answer(
    answered(
      {
        check: 'readiness-leaves-endpoints',
        container: name,
        field: `${pathOf(stage.subject, name)}.readinessProbe`,
        passed: (took) =>
          `when ${name} hangs, the pod leaves the endpoints after ${took}${how}${assumed(stage.subject)}`,
        failed: () => `when ${name} hangs, the pod goes on getting requests: ${whySucceeds('readiness', container)}`,
        from: frozenAt,
      },
      record,
    ),
  );
}

/** Violated by a readiness probe that was begun after the container had been stopped where it stands, and says ready. */
function saidReadyOf(timeline: Timeline, name: string, since: number, stoodAt: number): Judgement | undefined {
  const begun = timeline.events.slice(since);
  const replaced = begun.findIndex((event) => isA('ContainerExited', event) && event.container === name);
  const ready = (replaced < 0 ? begun : begun.slice(0, replaced)).find(
    (event) =>
      isReadinessOf(event, name) && event.result === 'Success' && event.at - event.tookMs > stoodAt + SETTLED_MS,
  );
  return ready && violated(ready, `the readiness probe of ${name} succeeded`);
}

/** Whether its readiness probe failed before the pod left the endpoints. */
function wasAskedOf({ timeline, judgement: { event } }: Evidence, name: string, since: number): boolean {
  const until = event ? timeline.events.indexOf(event) : timeline.events.length;
  return timeline.events.slice(since, until).some((one) => isReadinessOf(one, name) && one.result === 'Failure');
}

function isReadinessOf(event: Event, name: string): event is EventOf<'ProbeFinished'> {
  return isA('ProbeFinished', event) && event.container === name && event.probe === 'readiness';
}

async function isRestarted({ stage, actor, container, since, frozenAt }: Asked, ms: number): Promise<Evidence> {
  const { name } = container;
  const record = await stage.wait(actor, {
    for: `${name} to be restarted`,
    limit: ms,
    judge: (timeline) => restarted(timeline, since, { container: name, because: 'liveness' }, actor.pod),
  });
  stage.answer(
    answered(
      {
        check: 'liveness-detects-hang',
        container: name,
        field: `${pathOf(stage.subject, name)}.livenessProbe`,
        passed: (took) => `when ${name} hangs, it is restarted after ${took}${lethal(record, since, frozenAt)}`,
        failed: () => `when ${name} hangs, it hangs for ever: ${whySucceeds('liveness', container)}`,
        from: frozenAt,
      },
      record,
    ),
  );
  return record;
}

/** What hangs for so long is killed, whether it would have gone on or not. */
function lethal({ timeline }: Evidence, since: number, frozenAt: number): string {
  const killing = timeline.events.slice(since).find((event) => isA('Killing', event) && event.probe === 'liveness');
  return killing ? `; a pause of ${roughly(killing.at - frozenAt)} is enough for its liveness probe to kill it` : '';
}

/** Why a probe does not see that a container stands still. */
function whySucceeds(type: 'liveness' | 'readiness', container: Container): string {
  const { tcpSocket, exec } = container[`${type}Probe`] ?? {};
  const still = `its ${type} probe still succeeds`;
  if (tcpSocket)
    return `${still}, as the kernel takes the connections of a process that stands still; ask it by httpGet`;
  if (exec) return `${still}, as its command runs beside the process that stands still and asks nothing of it`;
  return still;
}
