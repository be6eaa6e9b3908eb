import type { Instant } from '../../clock/instant';
import type { Container } from '../../manifest/model';
import type { PodStatus } from '../../timeline/podStatus';
import type { Behavior } from '../behavior/behavior';
import type { KubeletConfig } from '../behavior/config';
import type { BackOff } from './backOff';
import type { SyncState } from './pass';
import type { ProberState } from './proberState';
import type { Raster } from './raster';
import type { RuntimeState } from './runtimeState';
import type { SyncedPod } from './syncedPod';

/** All the kubelet holds of one pod. A value: every step makes a new one. */
export interface PodState {
  readonly pod: SyncedPod;
  readonly config: KubeletConfig;
  /** What its version and its gates make it do. */
  readonly behavior: Behavior;
  readonly kubeletStartedAt: Instant;
  /** What has happened in the runtime. */
  readonly runtime: RuntimeState;
  readonly raster: Raster;
  readonly prober: ProberState;
  /** What the API shows; undefined before the first sync. */
  readonly status: PodStatus;
  /** The kubelet knows that the pod is over. The API shows that only when everything is stopped. */
  readonly isOver: boolean;
  readonly backOff: BackOffState;
  readonly sync: SyncState;
  /** preStop hooks that outlived their grace period and still run. */
  readonly lateHooks: readonly LateHook[];
  /** The number the next probe or hook run gets. */
  readonly nextRun: number;
  readonly random: number;
  /** The API no longer has the pod. */
  readonly removed: boolean;
}

/** A hook that the kubelet no longer waits for: its failure still has an event. */
export interface LateHook {
  readonly run: number;
  readonly container: Container;
}

export interface BackOffState {
  /** By container name and image: another image starts afresh. */
  readonly restarts: Readonly<Record<string, BackOff>>;
  readonly pulls: Readonly<Record<string, BackOff>>;
  /** Why the last pull of an image failed, for the message while waiting. */
  readonly pullErrors: Readonly<Record<string, string>>;
  /** Why a container's last start failed; a successful start clears it. Source: reason_cache.go. */
  readonly startErrors: Readonly<Record<string, StartError>>;
  /** How often volumes could not be mounted. */
  readonly mountFailures: number;
}

/** Nothing has failed yet. */
export const NO_BACK_OFF: BackOffState = { restarts: {}, pulls: {}, pullErrors: {}, startErrors: {}, mountFailures: 0 };

/** A waiting reason (`CrashLoopBackOff`, `ErrImagePull`, …) and its message. */
export interface StartError {
  readonly reason: string;
  readonly message: string;
}
