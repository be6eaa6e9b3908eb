/** How far apart the times of a recording and of a simulation may be, in milliseconds, by what the time depends on. */
export const TOLERANCE = {
  /**
   * A status, a row or an event reaches the watch so much sooner or later: a look at the runtime each second, a look at the
   * queue of retries each second, and two cores that play fifteen pods at once.
   */
  statusLagMs: 2_500,
  /** A retry comes after 1 to 1.5 times its wait, and what follows it is as much later. */
  jitter: 0.5,
} as const;

/** How exactly two observations are compared. */
export interface Limits {
  /** What lasts no longer may be missing in the other. */
  readonly foldedMs: number;
  readonly statusLagMs: number;
  /** How many times as often one of them may tell of an event that recurs. */
  readonly countFactor: number;
}

/** What two recordings of one case on one version show to be chance. Nothing else is. */
export const CHANCE = {
  /** The watch folds updates so close to one another, so what lasts no longer may be missing. */
  foldedMs: 250,
  /** What comes so shortly before the end of a recording may come shortly after it, and the other way round. */
  atEndMs: 3_000,
  /** A probe so shortly after a container's start or end may find no process that answers. */
  probeAtTurnMs: 2_500,
  /** An event that recurs has been told once more or once less: a retry, a probe at the end. */
  countBy: 1,
} as const;

/** A recording beside a simulation of its node. */
export const ON_NODE: Limits = { foldedMs: CHANCE.foldedMs, statusLagMs: TOLERANCE.statusLagMs, countFactor: 1 };

/**
 * A recording beside a run on a container engine. There the kubelet looks at the runtime all the time, so it sees what a node
 * that looks each second folds. An engine's starts and stops take longer, and longer still on a busy machine. A retry there
 * comes at the end of its wait, on a node up to half of it later.
 */
export const ON_ENGINE: Limits = { foldedMs: 1_500, statusLagMs: 6_000, countFactor: 1 + TOLERANCE.jitter };
