import type { Duration } from '../src/clock/duration';
import type { HookType } from '../src/timeline/event';
import type { PodPhase } from '../src/timeline/podStatus';
import type { TerminatedPod } from '../src/waiting/podRun';
import type { ToBecomeReadyOptions } from './becomes/toBecomeReady';
import type { ToBecomeStartedOptions } from './becomes/toBecomeStarted';
import type { ToBecomeUnreadyOptions } from './becomes/toBecomeUnready';
import type { ToEmitEventOptions } from './becomes/toEmitEvent';
import type { ToEnterCrashLoopBackOffOptions } from './becomes/toEnterCrashLoopBackOff';
import type { AskedExit, ToExitWithOptions } from './becomes/toExitWith';
import type { ToLogOptions } from './becomes/toLog';
import type { ToReachContainerStateOptions } from './becomes/toReachContainerState';
import type { ToReachPhaseOptions } from './becomes/toReachPhase';
import type { ToRestartOptions } from './becomes/toRestart';
import type { ToRunHookOptions } from './becomes/toRunHook';
import type { ToTerminateGracefullyOptions } from './becomes/toTerminateGracefully';
import type { AskedCondition } from './is/toHaveCondition';
import type { AskedContainerState } from './kernel/call/containerState';
import type { AskedEvent } from './kernel/call/eventFilter';
import type { OfOne } from './kernel/call/oneContainer';
import type { AskedWindow, Window } from './kernel/wait/always';
import type { ToRestartAtMostOptions } from './stays/toRestartAtMost';
import type { ToEnterEndpointsOptions } from './traffic/toEnterEndpoints';
import type { ToLeaveEndpointsOptions } from './traffic/toLeaveEndpoints';

/**
 * What can be asked of a pod; docs/matchers.md shows each with the failure it gives.
 *
 * Those that wait return a promise, whatever they are chained to, and wait on the pod's clock: `within` what is given,
 * else the manifest's own limit, or 60s where it sets none. They end at once when the question is settled. Those that
 * watch take `for` instead, and need it while the pod lives. Those about an occurrence count from the last thing the test
 * did to the pod; `{ since: 'start' }` counts from its beginning.
 *
 * All refuse, under `.not` as well, what cannot be meant (a container or an option that there is not), and to judge a run
 * that broke.
 */
export interface PodMatchers<R, T = unknown> {
  /**
   * Waits until the container is started, or every one that is to keep running: it runs, its postStart hook is done and
   * its startup probe has succeeded. Holds at once if it is now.
   */
  toBecomeStarted(options?: ToBecomeStartedOptions): Promise<void>;
  /** Waits until the pod's Ready condition is True; holds at once if it is now. */
  toBecomeReady(options?: ToBecomeReadyOptions): Promise<void>;
  /** Waits until the pod, having been Ready, is so no longer; counts from the last thing the test did to it. */
  toBecomeUnready(options?: ToBecomeUnreadyOptions): Promise<void>;
  /** Waits until the pod's phase is that one; holds at once if it is now. */
  toReachPhase(phase: PodPhase, options?: ToReachPhaseOptions): Promise<void>;
  /**
   * Waits until the container is in that state: `{ waiting: { reason: 'CrashLoopBackOff' } }`, `{ running: true }`,
   * `{ lastState: { terminated: { exitCode: 137 } } }`. Holds at once if it is now; a pod of several containers needs its
   * name as `container`.
   */
  toReachContainerState(state: AskedContainerState, options?: ToReachContainerStateOptions): Promise<void>;
  /** Waits until a container has been restarted; counts from the last thing the test did to the pod. */
  toRestart(options?: ToRestartOptions): Promise<void>;
  /**
   * Waits until back-off holds up the restart of a container, which is then in CrashLoopBackOff; counts from the last
   * thing the test did to the pod. The first restarts come without.
   */
  toEnterCrashLoopBackOff(options?: ToEnterCrashLoopBackOffOptions): Promise<void>;
  /**
   * Waits for an event, by its reason or by some of what `kubectl describe` shows of it; counts from the last thing the
   * test did to the pod.
   */
  toEmitEvent(event: AskedEvent, options?: ToEmitEventOptions): Promise<void>;
  /**
   * Waits until a hook has run and succeeded; counts from the last thing the test did to the pod, and fails at the first
   * run that fails. A preStop hook that failed because its container itself ended with code 0 meanwhile has succeeded.
   */
  toRunHook(hook: HookType, options?: ToRunHookOptions): Promise<void>;
  /**
   * Waits until what the kubelet stops has exited within its grace period, without SIGKILL, with 0 or 128 + its stop signal
   * (or the `exitCode` given), its preStop hook having succeeded: every container of a pod that is deleted, else the one it stopped last since the last thing the test did.
   * Takes the promise of `pod.delete()` as well as a pod.
   */
  toTerminateGracefully(options?: ToTerminateGracefullyOptions): Promise<void>;
  /**
   * Waits until a container exits with that code (0 to 255), or for that reason, like `OOMKilled`; counts from the last
   * thing the test did to the pod.
   */
  toExitWith(exit: AskedExit, options?: ToExitWithOptions): Promise<void>;
  /**
   * Watches for the whole of `for`: the pod is Ready now and is so all the time. Of a pod that is gone it judges the whole
   * life, from its first Ready to its deletion.
   */
  toStayReady(...options: WatchWindow<T, object>): Promise<void>;
  /**
   * Watches for the whole of `for`: no container is restarted more often than that, counted from the last thing the test
   * did to the pod. Of a pod that is gone it judges the whole life.
   */
  toRestartAtMost(times: number, ...options: WatchWindow<T, ToRestartAtMostOptions>): Promise<void>;
  /** Waits until the pod is a ready endpoint of the Services that select it; holds at once if it is one now. */
  toEnterEndpoints(options?: ToEnterEndpointsOptions): Promise<void>;
  /**
   * Waits until the pod, having been a ready endpoint, is none any more; counts from the last thing the test did to it.
   * `{ terminating: true, serving: true }` is what a pod becomes that is deleted while it is Ready.
   */
  toLeaveEndpoints(options?: ToLeaveEndpointsOptions): Promise<void>;
  /**
   * Watches for the whole of `for`: every request of the test's clients is answered, by another status than 5xx, from the
   * last `pod.requests(…)` on. Of a pod that is gone it judges the whole life. Where nothing was asked it refuses.
   */
  toDropNoRequests(...options: WatchWindow<T, object>): Promise<void>;
  /**
   * Waits until a container has written a line with that text, or one that matches; counts from the last thing the test
   * did to the pod. A line ends at its newline, and after 16 KiB.
   */
  toLog(pattern: string | RegExp, options?: ToLogOptions): Promise<void>;
  /**
   * Freezes what the pod talks to for the whole of `for`, thaws it, and waits until the pod is Ready again, as long as the
   * manifest gives it: no container is restarted meanwhile. To be unready while the service is out is no failure.
   */
  toSurviveOutageOf(service: string, options: Window): Promise<void>;
  /** Whether the pod's Ready condition is True now; `toBecomeReady` waits for it. */
  toBeReady(): R;
  /** Whether the pod is a ready endpoint of the Services that select it now; `toEnterEndpoints` waits for it. */
  toBeInEndpoints(): R;
  /** Whether the pod's phase is that one now; `toReachPhase` waits for it. */
  toHavePhase(phase: PodPhase): R;
  /** Whether the pod's condition of that type is True now, or as asked: `'False'`, `{ status, reason, message }`. */
  toHaveCondition(type: string, condition?: AskedCondition): R;
  /** Whether the container's status counts that many restarts now; a pod of several containers needs its name. */
  toHaveRestartCount(restarts: number, options?: OfOne): R;
  /** Whether the pod has had such an event so far: by its reason, or by some of what `kubectl describe` shows of it. */
  toHaveEvent(event: AskedEvent): R;
  /** Whether the pod has had such events so far, in that order; others may lie between them. */
  toHaveEventsInOrder(events: readonly AskedEvent[]): R;
  /**
   * Whether the container is in that state now, for which `toReachContainerState` waits: `{ waiting: { reason: 'CrashLoopBackOff' } }`, `{ running: true }`,
   * `{ lastState: { terminated: { exitCode: 137 } } }`; a pod of several containers needs its name as `container`.
   */
  toHaveContainerState(state: AskedContainerState): R;
  /**
   * Whether back-off has held up the container by exactly these waits so far, in that order: `['10s', '20s']`. They are
   * the kubelet's own, which it may exceed; a pod of several containers needs its name.
   */
  toHaveBackOffs(waits: readonly Duration[], options?: OfOne): R;
}

/** While a pod lives a watching matcher has to be told for how long; what `await pod.delete()` gives is gone. */
type WatchWindow<T, Options> = T extends TerminatedPod
  ? [options?: Options & AskedWindow]
  : [options: Options & Window];
