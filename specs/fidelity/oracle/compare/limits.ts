/** The maximum difference of times between a recording and a simulation, in milliseconds, for each kind of time. */
export const TOLERANCE = {
  /**
   * The delay of a status, a row or an event: the kubelet checks the runtime and its retry queue each second, and two
   * cores run fifteen pods in parallel.
   */
  statusLagMs: 2_500,
  /** A retry comes after 1 to 1.5 times its wait, and what follows it is as much later. */
  jitter: 0.5,
} as const;

/** The limits of a comparison. */
export interface Limits {
  /** States up to this duration may be missing in the other observation. */
  readonly foldedMs: number;
  readonly statusLagMs: number;
  /** The maximum ratio between the counts of a repeated event. */
  readonly countFactor: number;
}

/** The differences that two recordings of one case on one version show. Others are not explained by chance. */
export const CHANCE = {
  /** The watch folds updates so close to one another, so what lasts no longer may be missing. */
  foldedMs: 250,
  /** Events this short before the end of a recording may be after it in the other one. */
  atEndMs: 3_000,
  /** A probe so shortly after a container's start or end may find no process that answers. */
  probeAtTurnMs: 2_500,
  /** A repeated event may occur once more or once less, such as a retry or a probe at the end. */
  countBy: 1,
} as const;

/** A recording beside a simulation of its node. */
export const ON_NODE: Limits = { foldedMs: CHANCE.foldedMs, statusLagMs: TOLERANCE.statusLagMs, countFactor: 1 };

/**
 * Limits between a recording and a run on a container engine. There, the kubelet sees states that a node with a check
 * each second skips, the engine starts and stops more slowly, and retries happen up to half of a wait earlier than on a
 * node.
 */
export const ON_ENGINE: Limits = { foldedMs: 1_500, statusLagMs: 6_000, countFactor: 1 + TOLERANCE.jitter };
