import type { Instant } from '../clock/instant';
import type { Pod } from '../manifest/model';
import type { Timeline } from '../timeline/timeline';

/** Pod under test, on containers or from a script, with its manifest and its timeline. */
export interface PodRun {
  /** Pod as it runs: the manifest's pod with Kubernetes' defaults. */
  readonly pod: Pod;
  /** Timeline of the pod so far. */
  readonly timeline: Timeline;
  /** True once nothing more can happen to the pod, unless the test acts on it. */
  readonly ended: boolean;
  /** Error that aborted the run, if any: the container engine failed, or the kubelet was too late. */
  readonly broken: Error | undefined;
}

/** A pod run that can be waited for. Each handle carries its own under {@link POD_RUN}. */
export interface WaitablePodRun extends PodRun {
  /** First and longest wait of its crash-loop back-off, in milliseconds; the defaults if absent. */
  readonly backOff?: { readonly initialMs: number; readonly maxMs: number };
  /**
   * Returns why an event that is missing since then shows nothing about the app: the app, or the engine, got no CPU.
   * Undefined if they did, absent if none needs it.
   */
  explainUnfairness?(since: Instant): Promise<string | undefined>;
  /**
   * Returns why the last observations show nothing about the app: the engine was stopped or restarted. Undefined if it
   * was not, absent if there is none.
   */
  engineFailure?(): Promise<string | undefined>;
  /**
   * The same pod from its beginning, each with another order of its probe workers' ticks. Absent where the order is given,
   * and where something was done to the pod.
   */
  otherOrders?(): readonly WaitablePodRun[];
  /** The name of the pod in requests to the agent. Absent if no agent runs it. */
  readonly agentKey?: string;
  /** Returns a text without the values of the pod's Secrets. Absent if none are known. */
  readonly hide?: (text: string) => string;
  /**
   * Resolves when the timeline has grown, its clock has reached `until`, or the run has ended or was aborted. Time
   * passes as it does for the pod: in virtual time this is immediate, and an `until` in the past lets the timeline
   * catch up.
   */
  progress(until: Instant): Promise<void>;
  /**
   * Returns a dependency of the pod, by the name that the pod uses. Absent if a test controls none.
   *
   * @throws Error when there is nothing of that name.
   */
  service?(name: string): Dependency;
}

/** A dependency of a pod that a test can freeze: it then accepts requests and responds to none. */
export interface Dependency {
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}

/** Pod to which nothing more can happen. */
export type TerminatedPod<Pod extends PodRun = PodRun> = Pod & { readonly ended: true };

/**
 * The key under which a handle carries its run. Two copies of this package's code can meet in one test, so a handle is
 * recognized by this symbol and not by its class.
 */
export const POD_RUN = Symbol.for('jest-kubelet.podRun');

/** A handle of a pod, as matchers and the gate read it. */
export interface PodHandle {
  readonly [POD_RUN]: WaitablePodRun;
}

/** True if the value is the handle of a pod. */
export function isPodHandle(value: unknown): value is PodHandle {
  return typeof value === 'object' && value !== null && POD_RUN in value;
}
