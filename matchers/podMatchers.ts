import type { PodPhase } from '../src/timeline/podStatus';
import type { AskedEvent } from './kernel/wantedEvent';
import type { ToBecomeReadyOptions } from './toBecomeReady';
import type { ToBecomeUnreadyOptions } from './toBecomeUnready';
import type { ToRestartOptions } from './toRestart';

/**
 * What can be asked of a pod. Those that wait return a promise, whatever they are chained to, and wait on the pod's
 * clock: `within` what is given, else the manifest's own limit.
 */
export interface PodMatchers<R> {
  /** Waits until the pod's Ready condition is True; holds at once if it is now. */
  toBecomeReady(options?: ToBecomeReadyOptions): Promise<void>;
  /** Waits until the pod, having been Ready, is so no longer; counts from the last thing the test did to it. */
  toBecomeUnready(options?: ToBecomeUnreadyOptions): Promise<void>;
  /** Waits until a container has been restarted; counts from the last thing the test did to the pod. */
  toRestart(options?: ToRestartOptions): Promise<void>;
  /** Whether the pod's phase is that one now. */
  toHavePhase(phase: PodPhase): R;
  /** Whether the pod has had such an event so far: by its reason, or by some of what `kubectl describe` shows of it. */
  toHaveEvent(event: AskedEvent): R;
}
