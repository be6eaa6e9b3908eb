import { RETRY } from '../../timing/rules';

/**
 * How long things take that are the node's own and no rule's: data beside the engine, never inside it.
 *
 * The kubelet itself reads only `firstSyncMs`, `relistMs` and `jitter`; the others are the runtime's, and a scripted
 * runtime takes that long.
 */
export interface Profile {
  readonly name: string;
  /** From the pod's creation to its first sync. */
  readonly firstSyncMs: number;
  /**
   * How often the kubelet looks at the runtime, and at its queue of retries. News takes so long at most to reach a sync, and
   * a sync waits for a look that is newer than the last one. Source: pod_workers.go podWorkerLoop, `GetNewerThan`.
   */
  readonly relistMs: number;
  /** Resyncs and retries come after their period times 1 to 1 + jitter. Source: pod_workers.go `completeWork` (0.5). */
  readonly jitter: number;
  /** From the order to make a sandbox to its network. */
  readonly sandboxMs: number;
  /** A pull of an image that is not there. */
  readonly pullMs: number;
  /** A pull of an image that is there already: only its manifest is asked for. */
  readonly repullMs: number;
  /** From the order to start a container to its first process. */
  readonly startMs: number;
  /** How long a process takes to die of a signal that ends it. */
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

/** A small node with its image registry near by. It looks at its runtime every second, and from 1.36 on also after a sync. */
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
