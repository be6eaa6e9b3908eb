import { RETRY } from '../../timing/rules';

/**
 * Times that depend on the node and not on a rule. The kubelet reads only `firstSyncMs`, `relistMs` and `jitter`, and a
 * scripted runtime reads the others.
 */
export interface Profile {
  /** Name of the profile. */
  readonly name: string;
  /** Time from the pod's creation to its first sync. */
  readonly firstSyncMs: number;
  /**
   * Period in which the kubelet checks the runtime and its queue of retries. An observation reaches a sync after this
   * time at the latest, because a sync waits for a check that is newer than the last one.
   * Source: pod_workers.go podWorkerLoop, `GetNewerThan`.
   */
  readonly relistMs: number;
  /**
   * Factor of random delay: resyncs and retries come after 1 to 1 + jitter times their period.
   * Source: pod_workers.go `completeWork` (0.5).
   */
  readonly jitter: number;
  /** Time to create a sandbox with its network. */
  readonly sandboxMs: number;
  /** Time to pull an image that is not on the node. */
  readonly pullMs: number;
  /** Time to pull an image that is on the node, which requests only its manifest. */
  readonly repullMs: number;
  /** Time to start the first process of a container. */
  readonly startMs: number;
  /** Time that a process takes to exit after a signal. */
  readonly stopMs: number;
}

/** No delay of the node's own: what the rules alone give. */
export const IDEAL: Profile = {
  name: 'ideal',
  firstSyncMs: 0,
  relistMs: 0,
  jitter: 0,
  sandboxMs: 0,
  pullMs: 0,
  repullMs: 0,
  startMs: 0,
  stopMs: 0,
};

/** Small node close to its image registry. It looks at its runtime every second, and since 1.36 also after a sync. */
export const NODE: Profile = {
  name: 'node',
  firstSyncMs: 500,
  relistMs: 1_000,
  jitter: RETRY.jitter,
  sandboxMs: 200,
  pullMs: 2_300,
  repullMs: 1_200,
  startMs: 600,
  stopMs: 300,
};

/** Profiles of `simulatePod`: `ideal` has no delays of a node, and `node` is a small node. */
export const profiles = { ideal: IDEAL, node: NODE } as const;
