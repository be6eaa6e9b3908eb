import type { Instant } from '../../clock/instant';
import type { PodStatus } from '../../timeline/podStatus';
import type { Behavior } from '../behavior/behavior';
import type { KubeletConfig } from '../behavior/config';
import type { BackOffState } from './backOffState';
import type { LateHook, SyncState } from './pass';
import type { ProberState } from './proberState';
import type { Raster } from './raster';
import type { RuntimeState } from './runtimeState';
import type { SyncedPod } from './syncedPod';

/**
 * State of one pod, as a value: every step makes a new one. The sync loop and the worker of the pod have it, and every
 * other part has the slices that it changes, and a view of what it reads.
 */
export interface PodState {
  readonly pod: SyncedPod;
  readonly config: KubeletConfig;
  /** Behavior by its version and its gates. */
  readonly behavior: Behavior;
  readonly kubeletStartedAt: Instant;
  /** State of the runtime. */
  readonly runtime: RuntimeState;
  readonly raster: Raster;
  readonly prober: ProberState;
  /** Status in the API. */
  readonly status: PodStatus;
  /** True if the kubelet knows that the pod is over. The API shows that only when everything is stopped. */
  readonly isOver: boolean;
  readonly backOff: BackOffState;
  readonly sync: SyncState;
  /** preStop hooks that outlived their grace period and still run. */
  readonly lateHooks: readonly LateHook[];
  /** The number the next probe or hook run gets. */
  readonly nextRun: number;
  readonly random: number;
  /** True if the API no longer has the pod. */
  readonly removed: boolean;
}
