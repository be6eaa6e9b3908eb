import type { PodPhase } from '../src/timeline/podStatus';
import type { Gone } from '../src/timeline/rehearsal';
import type { AskedWindow, Window } from './kernel/always';
import type { AskedEvent } from './kernel/wantedEvent';
import type { ToBecomeReadyOptions } from './toBecomeReady';
import type { ToBecomeUnreadyOptions } from './toBecomeUnready';
import type { ToRestartOptions } from './toRestart';
import type { ToRestartAtMostOptions } from './toRestartAtMost';

/**
 * What can be asked of a pod. Those that wait return a promise, whatever they are chained to, and wait on the pod's
 * clock: `within` what is given, else the manifest's own limit.
 */
export interface PodMatchers<R, T = unknown> {
  /** Waits until the pod's Ready condition is True; holds at once if it is now. */
  toBecomeReady(options?: ToBecomeReadyOptions): Promise<void>;
  /** Waits until the pod, having been Ready, is so no longer; counts from the last thing the test did to it. */
  toBecomeUnready(options?: ToBecomeUnreadyOptions): Promise<void>;
  /** Waits until a container has been restarted; counts from the last thing the test did to the pod. */
  toRestart(options?: ToRestartOptions): Promise<void>;
  /**
   * Watches for the whole of `for`: no container is restarted more often than that, counted from the last thing the test
   * did to the pod. Of a pod that is gone it judges the whole life.
   */
  toRestartAtMost(times: number, ...options: Watched<T, ToRestartAtMostOptions>): Promise<void>;
  /** Whether the pod's phase is that one now. */
  toHavePhase(phase: PodPhase): R;
  /** Whether the pod has had such an event so far: by its reason, or by some of what `kubectl describe` shows of it. */
  toHaveEvent(event: AskedEvent): R;
}

/** While a pod lives a watching matcher has to be told for how long; what `await pod.delete()` gives is gone. */
type Watched<T, Options> = T extends Gone ? [options?: Options & AskedWindow] : [options: Options & Window];
