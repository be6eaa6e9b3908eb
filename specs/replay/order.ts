import type { Event, EventOf, Timeline } from 'jest-kubelet';
import { isCutShort } from './measuredScript';

/** What a kubelet decided, about whom and when. */
export interface Decision {
  /** The container, or `pod`; of a container's readiness apart from the rest. */
  readonly about: string;
  readonly reason: string;
  readonly at: number;
}

/** A record of decisions, in order. */
export interface Decisions {
  readonly all: readonly Decision[];
  /** From here on the record may be incomplete, as far as it is compared with another one. */
  readonly openFrom: number;
}

/**
 * The kubelet's events, but those that say nothing of its own decisions:
 * - `Pulling`, as a simulated node has no images yet;
 * - of a `BackOff` only the first, as every sync repeats it while the wait goes on;
 * - what a probe says of a container that does not run: that only shows how long the engine took to stop or start it.
 *
 * A readiness probe has a worker of its own, which nobody waits for: what it says is a record apart. Those of the other
 * probes decide when the container is killed, and belong to its record.
 */
export function decisionsOf({ events }: Timeline): readonly Decision[] {
  const running = new Set<string>();
  const last = new Map<string, string>();
  const decisions: Decision[] = [];
  for (const event of events) {
    if (event.kind === 'ContainerStarted') running.add(event.container);
    if (event.kind === 'ContainerExited' || endsWithContainer(event)) running.delete(event.container);
    if (event.source !== 'kubelet' || event.kind === 'Pulling') continue;
    const { kind: reason, container = 'pod', probe, at } = event;
    const ofProbe = reason === 'Unhealthy' || reason === 'ProbeWarning';
    const isRepeated = reason === 'BackOff' && last.get(container) === 'BackOff';
    if ((ofProbe && !running.has(container)) || isRepeated) continue;
    last.set(container, reason);
    decisions.push({ about: ofProbe && probe === 'readiness' ? `${container} readiness` : container, reason, at });
  }
  return decisions;
}

function endsWithContainer(event: Event): event is EventOf<'HookFinished'> {
  return event.kind === 'HookFinished' && isCutShort(event);
}

/**
 * Whether two records agree: of each container (and the pod) the same reasons in the same order, and decisions about
 * different ones that were more than `lagMs` apart in `run` in the same order as well. Where one record ends, the other
 * may go on with what is after its `openFrom`.
 */
export function isSameOrder(run: Decisions, simulation: Decisions, lagMs: number): boolean {
  const pairs = paired(run, simulation);
  if (!pairs) return false;
  // In the order of the simulation nothing may come after what came clearly later in the run.
  let latest = Number.NEGATIVE_INFINITY;
  for (const { at } of pairs) {
    if (at < latest - lagMs) return false;
    latest = Math.max(latest, at);
  }
  return true;
}

/** The decisions of the run that have their like in the simulation, in its order; undefined where one has none. */
function paired(run: Decisions, simulation: Decisions): readonly Decision[] | undefined {
  const left = new Map<string, Decision[]>();
  for (const decision of run.all) left.set(decision.about, [...(left.get(decision.about) ?? []), decision]);
  const pairs: Decision[] = [];
  for (const { about, reason, at } of simulation.all) {
    const like = left.get(about)?.shift();
    if (like?.reason === reason) pairs.push(like);
    else if (like || at < simulation.openFrom) return undefined;
  }
  const unmatched = [...left.values()].flat();
  return unmatched.every(({ at }) => at >= run.openFrom) ? pairs : undefined;
}

/** The records a line a decision, to be read beside each other. */
export function lines({ all }: Decisions): readonly string[] {
  return all.map(({ about, reason }) => `${about} ${reason}`);
}
