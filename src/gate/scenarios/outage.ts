import { keptByProbes } from '../../judgements/keptByProbes';
import type { Container, Pod } from '../../manifest/model';
import type { Actor } from '../actor';
import type { Answer, PodRecord } from '../answer';
import { noticeMs } from '../budgets';
import type { Scenario } from '../scenario';
import type { Stage } from '../stage';
import { pathOf, runningContainers, type Subject } from '../subject';

/** Something hangs that is not the container asked about: is that one restarted, though it can do nothing about it? */
interface Outage {
  /** `proxy`, `the service postgres` */
  readonly what: string;
  /** The pod it happens to. */
  readonly pod: Pod;
  /** The containers that are to be left alone. */
  readonly others: readonly Container[];
  readonly begin: (actor: Actor) => Promise<void>;
  readonly end: (actor: Actor) => Promise<void>;
}

/** A neighbour hangs in the same pod. Its own liveness probe is left out, which would end that before others notice. */
export function neighbourHangs(subject: Subject, neighbour: Container): Scenario | undefined {
  const others = runningContainers(subject).filter(
    ({ name, livenessProbe }) => livenessProbe && name !== neighbour.name,
  );
  if (others.length === 0) return undefined;
  const { name } = neighbour;
  return scenario({
    what: name,
    pod: withoutLiveness(subject.pod, name),
    others,
    begin: (actor) => actor.container(name).freeze(),
    end: (actor) => actor.container(name).thaw(),
  });
}

/** A service hangs that the pod talks to. */
export function serviceHangs(subject: Subject, service: string): Scenario | undefined {
  const others = runningContainers(subject).filter(({ livenessProbe }) => livenessProbe);
  if (others.length === 0) return undefined;
  return scenario({
    what: `the service ${service}`,
    pod: subject.pod,
    others,
    begin: async (actor) => actor.service?.(service).freeze(),
    end: async (actor) => actor.service?.(service).thaw(),
  });
}

function scenario(outage: Outage): Scenario {
  return {
    name: `${outage.what} hangs, others watched`,
    checks: ['probe-independence'],
    play: (stage) => play(stage, outage),
  };
}

async function play(stage: Stage, outage: Outage): Promise<readonly Answer[]> {
  const actor = await stage.start(outage.pod);
  const start = await stage.ready(actor);
  if (start.judgement.outcome !== 'holds') return [];
  const since = actor.timeline.events.length;
  const names = outage.others.map(({ name }) => name);
  await outage.begin(actor);
  try {
    const record = await stage.wait(actor, {
      for: `${list(names)} to be left alone while ${outage.what} hangs`,
      ms: Math.max(...outage.others.map(({ livenessProbe }) => (livenessProbe ? noticeMs(livenessProbe) : 0))),
      judge: (timeline) => keptByProbes(timeline, since, names),
    });
    return [answerOf(stage.subject, outage, record)];
  } finally {
    await outage.end(actor);
  }
}

function answerOf(subject: Subject, { what, others }: Outage, record: PodRecord): Answer {
  const check = 'probe-independence';
  const { outcome, event } = record.judgement;
  if (outcome !== 'violated' || !event || !('container' in event) || event.container === undefined) {
    const are = others.length === 1 ? 'is' : 'are';
    return {
      check,
      container: undefined,
      outcome: 'passed',
      sentence: `while ${what} hangs, ${list(others.map(({ name }) => name))} ${are} left alone`,
    };
  }
  const { container } = event;
  return {
    check,
    container,
    outcome: 'failed',
    sentence: `${container} would be restarted whenever ${what} hangs: its liveness probe asks for more than ${container} itself`,
    record,
    field: `${pathOf(subject, container)}.livenessProbe`,
  };
}

/** The same pod, with nothing that would restart one of its containers. */
function withoutLiveness(pod: Pod, container: string): Pod {
  const { spec } = pod;
  const spared = (each: Container): Container => {
    const { livenessProbe: _, ...rest } = each;
    return each.name === container ? rest : each;
  };
  return {
    ...pod,
    spec: { ...spec, initContainers: spec.initContainers.map(spared), containers: spec.containers.map(spared) },
  };
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}
