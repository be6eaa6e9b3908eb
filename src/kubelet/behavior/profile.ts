import { RETRY } from '../../timing/rules';

/**
 * Times that depend on the node and not on a rule. The kubelet itself reads only `firstSyncMs`, `relistMs` and
 * `jitter`; a scripted runtime takes the others.
 */
export interface Profile {
  readonly name: string;
  /** The time from the pod's creation to its first sync. */
  readonly firstSyncMs: number;
  /**
   * The period in which the kubelet looks at the runtime and at its queue of retries. An observation takes at most this
   * long to reach a sync, which waits for a look that is newer than the last one.
   * Source: pod_workers.go podWorkerLoop, `GetNewerThan`.
   */
  readonly relistMs: number;
  /** Resyncs and retries come after their period times 1 to 1 + jitter. Source: pod_workers.go `completeWork` (0.5). */
  readonly jitter: number;
  /** The time from the order to make a sandbox to its network. */
  readonly sandboxMs: number;
  /** A pull of an image that is not there. */
  readonly pullMs: number;
  /** The time of a pull of an image that is present: only its manifest is requested. */
  readonly repullMs: number;
  /** The time from the order to start a container to its first process. */
  readonly startMs: number;
  /** The time that a process takes to exit on a signal. */
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

/** The profiles of `simulatePod`: `ideal` has no delays of the node's own, `node` is a small node. */
export const profiles = { ideal: IDEAL, node: NODE } as const;
