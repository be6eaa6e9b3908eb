import { stoodBy } from '../../judgements/stoodBy';
import type { Container, Pod } from '../../manifest/model';
import { livenessWatchMs } from '../../timing/watches';
import type { Actor } from '../model/actor';
import type { Deed, Scenario } from '../model/experiment';
import { pathOf, runningContainers, type Subject } from '../model/subject';
import type { Evidence } from '../model/targetResult';
import { withContainer } from '../model/variant';
import type { Stage } from '../runner/session';

/** Something hangs that is not the container asked about: is that one restarted, though it can do nothing about it? */
interface Outage {
  /** `proxy`, `the service postgres` */
  readonly what: string;
  readonly deed: (watchMs: number) => Deed;
  /** The pod it happens to. */
  readonly pod: Pod;
  /** The containers that are to be left alone. */
  readonly others: readonly Container[];
  readonly begin: (actor: Actor) => Promise<void>;
  readonly end: (actor: Actor) => Promise<void>;
}

/** A neighbour hangs in the same pod. Its own liveness probe is left out, which would end that before others notice. */
export function neighbourHangs(subject: Subject, neighbour: Container): Scenario | undefined {
  const others = runningContainers(subject).filter(({ name }) => name !== neighbour.name);
  if (others.length === 0) return undefined;
  const { name } = neighbour;
  return scenario({
    what: name,
    deed: (watchMs) => ({ kind: 'HangBeside', container: name, others: others.map((other) => other.name), watchMs }),
    pod: withoutLiveness(subject.pod, name),
    others,
    begin: (actor) => actor.container(name).freeze(),
    end: (actor) => actor.container(name).thaw(),
  });
}

/** A service hangs that the pod talks to. */
export function serviceHangs(subject: Subject, service: string): Scenario {
  return scenario({
    what: `the service ${service}`,
    deed: (watchMs) => ({ kind: 'HangService', service, watchMs }),
    pod: subject.pod,
    others: runningContainers(subject),
    begin: async (actor) => actor.service?.(service).freeze(),
    end: async (actor) => actor.service?.(service).thaw(),
  });
}

function scenario(outage: Outage): Scenario {
  const watchMs = livenessWatchMs(outage.others);
  return {
    name: `${outage.what} hangs, others watched`,
    deed: outage.deed(watchMs),
    checks: ['probe-independence'],
    play: (stage) => play(stage, outage, watchMs),
  };
}

async function play(stage: Stage, outage: Outage, watchMs: number): Promise<void> {
  const actor = await stage.opened(outage.pod);
  const since = actor.timeline.events.length;
  const names = outage.others.map(({ name }) => name);
  await outage.begin(actor);
  try {
    const record = await stage.wait(actor, {
      for: `${list(names)} to be left alone while ${outage.what} hangs`,
      limit: watchMs,
      judge: (timeline) => stoodBy(timeline, since, names),
    });
    answer(stage, outage, record);
  } finally {
    await outage.end(actor);
  }
}

function answer(stage: Stage, { what, others }: Outage, record: Evidence): void {
  const check = 'probe-independence';
  const { outcome, event, received } = record.judgement;
  if (outcome !== 'violated' || !event || !('container' in event) || event.container === undefined) {
    const are = others.length === 1 ? 'is' : 'are';
    const sentence = `while ${what} hangs, ${list(others.map(({ name }) => name))} ${are} left alone`;
    stage.answer({ check, outcome: 'passed', sentence });
    return;
  }
  const { container } = event;
  const byProbe = event.kind === 'Killing';
  const sentence = byProbe
    ? `${container} would be restarted whenever ${what} hangs: its liveness probe asks for more than ${container} itself`
    : `${container} would go down whenever ${what} hangs: ${received}`;
  const field = `${pathOf(stage.subject, container)}${byProbe ? '.livenessProbe' : ''}`;
  stage.answer({ check, container, outcome: 'failed', sentence, record, field });
}

/** The same pod, with nothing that would restart one of its containers. */
function withoutLiveness(pod: Pod, container: string): Pod {
  return withContainer(pod, container, ({ livenessProbe: _, ...rest }) => rest);
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}
