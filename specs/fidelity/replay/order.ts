import type { Event, Timeline } from 'jest-kubelet';
import type { EventOf } from '../../../src/timeline/event';
import { isCutShort } from './measuredScript';

/** A decision of the kubelet, with its container and time. */
export interface Decision {
  /** The container, or `pod`; of each run of a container its readiness apart from the rest. */
  readonly about: string;
  readonly reason: string;
  readonly at: number;
  /** True if the decision is so late that another timeline may end without it. */
  readonly isLate?: boolean;
}

/**
 * Returns the events of the kubelet that are its own decisions. Readiness results just before an exit or a success, and
 * everything after `openFrom`, may be missing in another timeline.
 */
export function decisionsOf(
  { events }: Timeline,
  lagMs: number,
  openFrom = Number.POSITIVE_INFINITY,
): readonly Decision[] {
  const running = new Map<string, number>();
  const last = new Map<string, string>();
  const unready = new Map<string, number>();
  let decisions: Decision[] = [];
  const markLate = (about: string, from: number) => {
    decisions = decisions.map((each) => (each.about === about && each.at >= from ? { ...each, isLate: true } : each));
  };
  for (const event of events) {
    if (event.kind === 'ContainerStarted') running.set(event.container, event.attempt);
    if (event.kind === 'ContainerExited' || endsWithContainer(event)) {
      const about = readinessOf(event.container, running.get(event.container));
      running.delete(event.container);
      markLate(about, event.at - lagMs);
    }
    if (event.kind === 'ProbeFinished' && event.probe === 'readiness' && running.has(event.container)) {
      const about = readinessOf(event.container, running.get(event.container));
      const failedAt = unready.get(about);
      if (event.result === 'Failure') unready.set(about, event.at);
      else unready.delete(about);
      // A measured response changes halfway between two ticks, and the ticks of another timeline are at other instants.
      if (failedAt !== undefined && event.result === 'Success') markLate(about, (failedAt + event.at) / 2 - lagMs);
    }
    // A simulated node has no images yet, so it always pulls.
    if (event.source !== 'kubelet' || event.kind === 'Pulling') continue;
    const { kind: reason, container = 'pod', probe, at } = event;
    const ofProbe = reason === 'Unhealthy' || reason === 'ProbeWarning';
    // Every sync repeats it while the wait continues.
    const isRepeated = reason === 'BackOff' && last.get(container) === 'BackOff';
    // A probe of a container that does not run only shows how long the engine took to stop or start it.
    if ((ofProbe && !running.has(container)) || isRepeated) continue;
    last.set(container, reason);
    // No other part waits for the worker of a readiness probe, while the other probes decide when the container is killed.
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
 * Returns true if each container and the pod have the same reasons in the same order, and decisions of different ones
 * too if they are more than `lagMs` apart in `run`. After the end of one timeline, the other may only have late
 * decisions.
 */
export function isSameOrder(run: readonly Decision[], simulation: readonly Decision[], lagMs: number): boolean {
  const pairs = pairDecisions(run, simulation);
  if (!pairs) return false;
  // In the order of the simulation nothing may come after what came clearly later in the run.
  let latest = Number.NEGATIVE_INFINITY;
  for (const { at } of pairs) {
    if (at < latest - lagMs) return false;
    latest = Math.max(latest, at);
  }
  return true;
}

/** Returns the decisions of the run in the order of the simulation, or undefined if one has no partner. */
function pairDecisions(run: readonly Decision[], simulation: readonly Decision[]): readonly Decision[] | undefined {
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

/** Returns a line for each decision, for a comparison with another timeline. */
export function lines(decisions: readonly Decision[]): readonly string[] {
  return decisions.map(({ about, reason }) => `${about} ${reason}`);
}
