import type { Timeline } from 'jest-kubelet';

/** What a kubelet decided, about whom and when. */
export interface Decision {
  /** The container, or `pod`. */
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
 * The kubelet's events, but those that say nothing of its own decisions: `Pulling`, as a simulated node has no images
 * yet; and of a `BackOff` only the first, as every sync repeats it while the wait goes on.
 */
export function decisionsOf(timeline: Timeline): readonly Decision[] {
  const last = new Map<string, string>();
  return timeline.events.flatMap((event) => {
    if (event.source !== 'kubelet' || event.kind === 'Pulling') return [];
    const about = event.container ?? 'pod';
    const isRepeated = event.kind === 'BackOff' && last.get(about) === 'BackOff';
    last.set(about, event.kind);
    return isRepeated ? [] : [{ about, reason: event.kind, at: event.at }];
  });
}

/**
 * Whether two records agree: about each container (and the pod) the same reasons in the same order, and decisions about
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
