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
