import type { Instant } from '../../clock/instant';
import type { Container } from '../../manifest/model';
import type { KillCause } from '../../timeline/causes';
import type { RuntimeState } from './runtimeState';
import type { SyncedPod } from './syncedPod';

/**
 * Stage of the pod's worker: syncing, then terminating, then terminated. It is finished with a pod that is over, and
 * has nothing to do with one that no node takes.
 * Source: pod_workers.go `PodWorkType`.
 */
export type Work = 'Sync' | 'Terminating' | 'Terminated' | 'Finished';

export interface SyncState {
  readonly work: Work;
  /** When the next pass may begin. */
  readonly dueAt: Instant;
  /** When there is a look at the runtime that is newer than the last pass, which the next one needs. */
  readonly lookAt: Instant;
  /** The last look at the runtime, which is what a sync knows of it. */
  readonly relisted: RuntimeState;
  /** When news of the runtime that no look has shown yet will be seen; NEVER without such news. */
  readonly relistAt: Instant;
  /** The sandbox and containers that such news is about, by id. */
  readonly unseen: readonly string[];
  /** When the worker took an update for which it waits for a look; NEVER if it waits for nothing. */
  readonly takenAt: Instant;
  /** True if another update came since: the next pass has one more after it. */
  readonly isWantedAgain: boolean;
  /** The pass under way: nothing else of this pod is done meanwhile. */
  readonly pass?: Pass;
}

export interface Pass {
  /** The pod as it was when the pass began; changes wait for the next one. */
  readonly pod: SyncedPod;
  /** The runtime as it was when the pass began: back-off looks at this, not at what the pass itself kills. */
  readonly snapshot: RuntimeState;
  /** True if the pass has anything to do. */
  readonly acts: boolean;
  readonly todo: readonly Action[];
  readonly doing?: Doing;
  /** True if a pull of this pass failed. */
  readonly pullFailed?: boolean;
  /** The earliest instant at which something that failed may be tried again. */
  readonly retryAt: Instant;
  /** Something happened meanwhile: when the next pass is wanted. */
  readonly wantedAt: Instant;
}

/** Reason of a kill, which decides about the grace period. */
export type KillReason = 'unknown' | 'startupProbe' | 'livenessProbe';

export interface KillOrder {
  readonly id: string;
  readonly container: Container;
  readonly message: string;
  readonly reason: KillReason;
  /** Absent if the whole pod stops. */
  readonly cause?: KillCause;
}

export type Action =
  | {
      readonly kind: 'KillContainers';
      readonly orders: readonly KillOrder[];
      /** True if all are stopped in parallel, sidecars last; otherwise these are one. */
      readonly wholePod: boolean;
      readonly gracePeriodSecondsOverride?: number;
    }
  | { readonly kind: 'StopSandbox' }
  | { readonly kind: 'RemoveContainers'; readonly ids: readonly string[] }
  | { readonly kind: 'CreateSandbox'; readonly attempt: number }
  | { readonly kind: 'StartContainer'; readonly container: Container; readonly init: boolean };

export type Doing = Killing | Starting | { readonly kind: 'CreateSandbox' | 'StopSandbox' } | Removing;

export interface Removing {
  readonly kind: 'RemoveContainers';
  readonly ids: readonly string[];
}

export interface Killing {
  readonly kind: 'KillContainers';
  readonly kills: readonly Kill[];
  readonly wholePod: boolean;
  readonly gracePeriodSecondsOverride?: number;
}

/** Container that is being stopped. */
export interface Kill extends KillOrder {
  readonly stage: 'preStop' | 'waitingForTurn' | 'stopping' | 'done';
  /** When the stage began. */
  readonly since: Instant;
  /** The latest end of the stage: the end of the grace period. */
  readonly until: Instant;
  /** The rest of the grace period when the stage begins, in whole seconds. */
  readonly graceSeconds: number;
  readonly hook?: RunningHook;
}

/** Hook under way. A sleep hook is a timer of the kubelet. */
export interface RunningHook {
  readonly run: number;
  readonly startedAt: Instant;
  readonly sleepsUntil?: Instant;
}

/** A hook that the kubelet no longer waits for: its failure still has an event. */
export interface LateHook {
  readonly run: number;
  readonly container: Container;
}

/** Container that is being started. */
export interface Starting {
  readonly kind: 'StartContainer';
  readonly container: Container;
  readonly init: boolean;
  readonly stage: 'inspect' | 'pull' | 'create' | 'start' | 'postStart' | 'killing';
  readonly id?: string;
  readonly hook?: RunningHook;
  /** The kill of a container whose postStart failed. */
  readonly kill?: Kill;
}
