import type { Behavior } from '../behavior/behavior';
import type { Results } from './results';
import type { RuntimeState } from './runtimeState';
import type { SyncedPod } from './syncedPod';

/** What the decisions of one sync look at. */
export interface SyncView {
  readonly pod: SyncedPod;
  readonly runtime: RuntimeState;
  readonly results: Results;
  readonly behavior: Behavior;
}
