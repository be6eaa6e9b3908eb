import type { Duration } from '../src/clock/duration';
import type { HookType } from '../src/timeline/event';
import type { PodPhase } from '../src/timeline/podStatus';
import type { TerminatedPod } from '../src/waiting/podRun';
import type { ToBecomeReadyOptions } from './becomes/toBecomeReady';
import type { ToBecomeStartedOptions } from './becomes/toBecomeStarted';
import type { ToBecomeUnreadyOptions } from './becomes/toBecomeUnready';
import type { ToEmitEventOptions } from './becomes/toEmitEvent';
import type { ToEnterCrashLoopBackOffOptions } from './becomes/toEnterCrashLoopBackOff';
import type { ExitFilterOrCode, ToExitWithOptions } from './becomes/toExitWith';
import type { ToLogOptions } from './becomes/toLog';
import type { ToReachContainerStateOptions } from './becomes/toReachContainerState';
import type { ToReachPhaseOptions } from './becomes/toReachPhase';
import type { ToRestartOptions } from './becomes/toRestart';
import type { ToRunHookOptions } from './becomes/toRunHook';
import type { ToTerminateGracefullyOptions } from './becomes/toTerminateGracefully';
import type { ConditionFilterOrStatus } from './is/toHaveCondition';
import type { ContainerStateOptions } from './kernel/call/containerState';
import type { EventFilterOrReason } from './kernel/call/eventFilter';
import type { OneContainerOptions } from './kernel/call/oneContainer';
import type { Window, WindowOptions } from './kernel/wait/always';
import type { ToRestartAtMostOptions } from './stays/toRestartAtMost';
import type { ToEnterEndpointsOptions } from './traffic/toEnterEndpoints';
import type { ToLeaveEndpointsOptions } from './traffic/toLeaveEndpoints';

/**
 * Matchers for a pod. docs/matchers.md describes their limits, and every one fails under `.not` too if an argument is
 * invalid or the run was aborted.
 */
export interface PodMatchers<R, T = unknown> {
  /**
   * Waits until the container is started: it runs, its postStart hook is done, and its startup probe has succeeded.
   * Without `container`, it waits for every long-running container.
   */
  toBecomeStarted(options?: ToBecomeStartedOptions): Promise<void>;
  /** Waits until the pod's Ready condition is True. It passes immediately if it is True now. */
  toBecomeReady(options?: ToBecomeReadyOptions): Promise<void>;
  /** Waits until the pod was Ready and no longer is. It counts from the last action of the test on the pod. */
  toBecomeUnready(options?: ToBecomeUnreadyOptions): Promise<void>;
  /** Waits until the pod has the given phase. It passes immediately if the pod has it now. */
  toReachPhase(phase: PodPhase, options?: ToReachPhaseOptions): Promise<void>;
  /**
   * Waits until the container is in the given state: `{ waiting: { reason: 'CrashLoopBackOff' } }`, `{ running: true
   * }`, `{ lastState: { terminated: { exitCode: 137 } } }`. It passes immediately if the container is in it now, and a
   * pod with several containers needs `container`.
   */
  toReachContainerState(state: ContainerStateOptions, options?: ToReachContainerStateOptions): Promise<void>;
  /** Waits until a container has restarted. It counts from the last action of the test on the pod. */
  toRestart(options?: ToRestartOptions): Promise<void>;
  /**
   * Waits until back-off delays the restart of a container, which is then in CrashLoopBackOff, since the last action of
   * the test on the pod. The first restarts do not wait.
   */
  toEnterCrashLoopBackOff(options?: ToEnterCrashLoopBackOffOptions): Promise<void>;
  /**
   * Waits for an event with the given reason, or one that matches the filter. It counts from the last action of the
   * test on the pod.
   */
  toEmitEvent(event: EventFilterOrReason, options?: ToEmitEventOptions): Promise<void>;
  /**
   * Waits until a hook has run and succeeded since the last action of the test on the pod, and fails at the first run
   * that fails. A preStop hook also passes if it failed only because its container exited with 0 during the hook.
   */
  toRunHook(hook: HookType, options?: ToRunHookOptions): Promise<void>;
  /**
   * Waits until the stopped containers have exited within their grace period without SIGKILL, with 0, 128 + the stop
   * signal or the given `exitCode`, and after a successful preStop hook. For a deleted pod, or the promise of
   * `pod.delete()`, it checks every container, and otherwise the one that was stopped last since the last action of the
   * test.
   */
  toTerminateGracefully(options?: ToTerminateGracefullyOptions): Promise<void>;
  /**
   * Waits until a container exits with the given code (0 to 255) or reason, such as `OOMKilled`. It counts from the
   * last action of the test on the pod.
   */
  toExitWith(exit: ExitFilterOrCode, options?: ToExitWithOptions): Promise<void>;
  /**
   * Watches for the whole time of `for` that the pod is Ready and stays Ready. For a terminated pod, it checks the time
   * from the first Ready to the deletion.
   */
  toStayReady(...options: WatchWindow<T, object>): Promise<void>;
  /**
   * Watches for the whole time of `for` that no container restarts more than the given number of times since the last
   * action of the test on the pod. For a terminated pod, it checks the whole timeline.
   */
  toRestartAtMost(times: number, ...options: WatchWindow<T, ToRestartAtMostOptions>): Promise<void>;
  /** Waits until the pod is a ready endpoint of the Services that select it. It passes immediately if it is one now. */
  toEnterEndpoints(options?: ToEnterEndpointsOptions): Promise<void>;
  /**
   * Waits until the pod was a ready endpoint and no longer is, since the last action of the test on the pod. A pod that
   * is deleted while it is Ready becomes `{ terminating: true, serving: true }`.
   */
  toLeaveEndpoints(options?: ToLeaveEndpointsOptions): Promise<void>;
  /**
   * Watches for the whole time of `for` that every request since the last `pod.requests(…)` gets a response with a
   * status other than 5xx, and fails if no request was sent. For a terminated pod, it checks the whole timeline.
   */
  toDropNoRequests(...options: WatchWindow<T, object>): Promise<void>;
  /**
   * Waits until a container has printed a line that contains the text or matches the expression, since the last action
   * of the test on the pod. A line ends at its newline, or after 16 KiB.
   */
  toLog(pattern: string | RegExp, options?: ToLogOptions): Promise<void>;
  /**
   * Freezes a dependency for the whole time of `for`, thaws it, and waits until the pod is Ready again. It fails if a
   * container restarts during the outage, but the pod may be unready.
   */
  toSurviveOutageOf(service: string, options: Window): Promise<void>;
  /** Passes if the pod's Ready condition is True now. `toBecomeReady` waits for it. */
  toBeReady(): R;
  /** Passes if the pod is a ready endpoint of the Services that select it now. `toEnterEndpoints` waits for it. */
  toBeInEndpoints(): R;
  /** Passes if the pod has the given phase now. `toReachPhase` waits for it. */
  toHavePhase(phase: PodPhase): R;
  /**
   * Passes if the pod's condition of the given type is True now, has the given status, or matches `{ status, reason,
   * message }`.
   */
  toHaveCondition(type: string, condition?: ConditionFilterOrStatus): R;
  /**
   * Passes if the container's status has the given restart count now. If the pod has several containers, set
   * `container`.
   */
  toHaveRestartCount(restarts: number, options?: OneContainerOptions): R;
  /** Passes if the pod has an event with the given reason so far, or one that matches the filter. */
  toHaveEvent(event: EventFilterOrReason): R;
  /** Passes if the pod has matching events so far, in the given order. Other events may be between them. */
  toHaveEventsInOrder(events: readonly EventFilterOrReason[]): R;
  /**
   * Passes if the container is in the given state now, for which `toReachContainerState` waits: `{ waiting: { reason:
   * 'CrashLoopBackOff' } }`, `{ running: true }`, `{ lastState: { terminated: { exitCode: 137 } } }`. If the pod has
   * several containers, set `container`.
   */
  toHaveContainerState(state: ContainerStateOptions): R;
  /**
   * Passes if exactly these back-offs have delayed the container so far, in this order: `['10s', '20s']`. They are the
   * waits of the kubelet's rule, the actual waits may be longer, and a pod with several containers needs `container`.
   */
  toHaveBackOffs(waits: readonly Duration[], options?: OneContainerOptions): R;
}

/**
 * Options of a matcher that watches. `for` is required while the pod is running, and optional for the result of `await
 * pod.delete()`.
 */
type WatchWindow<T, Options> = T extends TerminatedPod
  ? [options?: Options & WindowOptions]
  : [options: Options & Window];
