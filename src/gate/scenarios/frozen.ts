import { leftEndpoints } from '../../judgements/leftEndpoints';
import { restarted } from '../../judgements/restarted';
import type { Container } from '../../manifest/model';
import { type Event, isA } from '../../timeline/event';
import type { Actor } from '../actor';
import type { PodRecord } from '../answer';
import { answered } from '../answered';
import { graceMs, noticeMs } from '../budgets';
import type { CheckId } from '../checks';
import { recovers } from '../recovers';
import type { Scenario } from '../scenario';
import type { Stage } from '../stage';
import { pathOf, type Subject } from '../subject';

/** What hangs may take a moment more to be started anew than its stop took. */
const START_MS = 10_000;

/**
 * Every process of one container is stopped where it stands: who notices, and is the pod well again afterwards? Of a
 * container without probes nobody does.
 */
export function frozen(subject: Subject, container: Container): Scenario | undefined {
  const { name, livenessProbe, readinessProbe } = container;
  if (!livenessProbe && !readinessProbe) return undefined;
  const leaves = readinessProbe !== undefined && !subject.backend.publishNotReadyAddresses;
  const checks: CheckId[] = [
    ...(leaves ? (['readiness-leaves-endpoints'] as const) : []),
    ...(livenessProbe ? (['liveness-detects-hang'] as const) : []),
    'recovers',
  ];
  return { name: `${name} hangs`, checks, play: (stage) => play(stage, container, leaves) };
}

async function play(stage: Stage, container: Container, leaves: boolean): Promise<void> {
  const { name, livenessProbe, readinessProbe } = container;
  const actor = await stage.opened();
  const since = actor.timeline.events.length;
  const frozenAt = actor.timeline.now;
  await actor.container(name).freeze();
  const asked = { stage, actor, container, since, frozenAt };
  const [noticed] = await Promise.all([
    livenessProbe && isRestarted(asked, noticeMs(livenessProbe) + graceMs(actor.pod, container) + START_MS),
    leaves && readinessProbe && leavesEndpoints(asked, noticeMs(readinessProbe)),
  ]);
  if (noticed?.judgement.outcome !== 'holds') await actor.container(name).thaw();
  await recovers(stage, actor, name, `${name} hung`);
}

interface Asked {
  readonly stage: Stage;
  readonly actor: Actor;
  readonly container: Container;
  readonly since: number;
  readonly frozenAt: number;
}

async function leavesEndpoints({ stage, actor, container, since, frozenAt }: Asked, ms: number): Promise<void> {
  const { name } = container;
  const record = await stage.wait(actor, {
    for: `${name} to leave the endpoints`,
    ms,
    judge: (timeline) => leftEndpoints(timeline, since),
  });
  const byRestart = wasRestartedFirst(record, name, since);
  const how = byRestart ? ', as its liveness probe restarts it before its readiness probe has noticed' : '';
  stage.answer(
    answered(
      {
        check: 'readiness-leaves-endpoints',
        container: name,
        field: `${pathOf(stage.subject, name)}.readinessProbe`,
        passed: (took) => `when ${name} hangs, the pod leaves the endpoints after ${took}${how}`,
        failed: () => `when ${name} hangs, the pod goes on getting requests: ${whySucceeds('readiness', container)}`,
        from: frozenAt,
      },
      record,
    ),
  );
}

/** Whether the pod is no endpoint any more because the container was stopped, and not because it was not ready. */
function wasRestartedFirst({ timeline, judgement: { event } }: PodRecord, name: string, since: number): boolean {
  if (!event) return false;
  const before = timeline.events.slice(since, timeline.events.indexOf(event));
  const failed = (one: Event) =>
    isA('ProbeFinished', one) && one.container === name && one.probe === 'readiness' && one.run >= one.threshold;
  return (
    before.some((one) => isA('Killing', one) && one.container === name) &&
    !before.some((one) => failed(one) && isA('ProbeFinished', one) && one.result === 'Failure')
  );
}

async function isRestarted({ stage, actor, container, since, frozenAt }: Asked, ms: number): Promise<PodRecord> {
  const { name } = container;
  const record = await stage.wait(actor, {
    for: `${name} to be restarted`,
    ms,
    judge: (timeline) => restarted(timeline, since, { container: name, because: 'liveness' }, actor.pod),
  });
  stage.answer(
    answered(
      {
        check: 'liveness-detects-hang',
        container: name,
        field: `${pathOf(stage.subject, name)}.livenessProbe`,
        passed: (took) => `when ${name} hangs, it is restarted after ${took}`,
        failed: () => `when ${name} hangs, it hangs for ever: ${whySucceeds('liveness', container)}`,
        from: frozenAt,
      },
      record,
    ),
  );
  return record;
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
