import type { Event, Timeline } from 'jest-kubelet';
import type { EventOf } from '../../../src/timeline/event';
import { isCutShort } from './measuredScript';

/** What a kubelet decided, about whom and when. */
export interface Decision {
  /** The container, or `pod`; of each run of a container its readiness apart from the rest. */
  readonly about: string;
  readonly reason: string;
  readonly at: number;
  /** Whether it came so late in its record that another one may end without it. */
  readonly isLate?: boolean;
}

/**
 * The kubelet's events, but those that say nothing of its own decisions:
 * - `Pulling`, as a simulated node has no images yet;
 * - of a `BackOff` only the first, as every sync repeats it while the wait goes on;
 * - what a probe says of a container that does not run: that only shows how long the engine took to stop or start it.
 *
 * A readiness probe has a worker of its own, which nobody waits for: what it says in a run of the container is a record
 * apart, whose last `lagMs` may be missing elsewhere. Those of the other probes decide when the container is killed, and
 * belong to its record. What is after `openFrom` may be missing elsewhere in any case.
 */
export function decisionsOf(
  { events }: Timeline,
  lagMs: number,
  openFrom = Number.POSITIVE_INFINITY,
): readonly Decision[] {
  const running = new Map<string, number>();
  const last = new Map<string, string>();
  let decisions: Decision[] = [];
  for (const event of events) {
    if (event.kind === 'ContainerStarted') running.set(event.container, event.attempt);
    if (event.kind === 'ContainerExited' || endsWithContainer(event)) {
      const about = readinessOf(event.container, running.get(event.container));
      running.delete(event.container);
      decisions = decisions.map((each) =>
        each.about === about && each.at >= event.at - lagMs ? { ...each, isLate: true } : each,
      );
    }
    if (event.source !== 'kubelet' || event.kind === 'Pulling') continue;
    const { kind: reason, container = 'pod', probe, at } = event;
    const ofProbe = reason === 'Unhealthy' || reason === 'ProbeWarning';
    const isRepeated = reason === 'BackOff' && last.get(container) === 'BackOff';
    if ((ofProbe && !running.has(container)) || isRepeated) continue;
    last.set(container, reason);
    const about = ofProbe && probe === 'readiness' ? readinessOf(container, running.get(container)) : container;
    decisions.push({ about, reason, at, ...(at >= openFrom ? { isLate: true } : {}) });
  }
  return decisions;
}

function readinessOf(container: string, attempt = 0): string {
  return `${container} (readiness, run ${attempt + 1})`;
}

function endsWithContainer(event: Event): event is EventOf<'HookFinished'> {
  return event.kind === 'HookFinished' && isCutShort(event);
}

/**
 * Whether two records agree: of each container (and the pod) the same reasons in the same order, and decisions about
 * different ones that were more than `lagMs` apart in `run` in the same order as well. Where one record ends, the other
 * may go on with what is late.
 */
export function isSameOrder(run: readonly Decision[], simulation: readonly Decision[], lagMs: number): boolean {
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
function paired(run: readonly Decision[], simulation: readonly Decision[]): readonly Decision[] | undefined {
  const left = new Map<string, Decision[]>();
  for (const decision of run) left.set(decision.about, [...(left.get(decision.about) ?? []), decision]);
  const pairs: Decision[] = [];
  for (const { about, reason, isLate } of simulation) {
    const like = left.get(about)?.shift();
    if (like?.reason === reason) pairs.push(like);
    else if (like || !isLate) return undefined;
  }
  const unmatched = [...left.values()].flat();
  return unmatched.every(({ isLate }) => isLate) ? pairs : undefined;
}

/** A line a decision, to be read beside those of another record. */
export function lines(decisions: readonly Decision[]): readonly string[] {
  return decisions.map(({ about, reason }) => `${about} ${reason}`);
}
