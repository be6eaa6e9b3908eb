import type { Behavior } from '../behavior/behavior';
import type { Results } from './results';
import type { RuntimeState } from './runtimeState';
import type { SyncedPod } from './syncedPod';

/** View of the decisions of one sync. */
export interface SyncView {
  readonly pod: SyncedPod;
  readonly runtime: RuntimeState;
  readonly results: Results;
  readonly behavior: Behavior;
}
