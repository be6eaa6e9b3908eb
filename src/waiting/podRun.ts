import type { Instant } from '../clock/instant';
import type { Pod } from '../manifest/model';
import type { Timeline } from '../timeline/timeline';

/** A pod under test, on containers or from a script: its manifest and what has happened to it. */
export interface PodRun {
  /** The pod as it runs: the manifest's, with Kubernetes' defaults filled in. */
  readonly pod: Pod;
  /** What has happened to it so far. */
  readonly timeline: Timeline;
  /** True once nothing more can happen to the pod, unless the test acts on it. */
  readonly ended: boolean;
  /** The error that aborted the run: the container engine failed, or the kubelet was too late. Undefined if none did. */
  readonly broken: Error | undefined;
}

/** A pod run that can be waited for. Each handle carries its own under {@link POD_RUN}. */
export interface WaitablePodRun extends PodRun {
  /** From which wait to which one its crash-loop back-off grows, in milliseconds; the defaults when absent. */
  readonly backOff?: { readonly initialMs: number; readonly maxMs: number };
  /**
   * Why what has not happened since then shows nothing about the app: it, or the engine, got no CPU. Undefined where they
   * did, absent where nothing has to.
   */
  whyUnfair?(since: Instant): Promise<string | undefined>;
  /**
   * Why nothing that was seen last shows anything about the app: the engine was stopped or restarted. Undefined if it was
   * not, absent where there is none.
   */
  engineFailure?(): Promise<string | undefined>;
  /**
   * The same pod from its beginning, each with another order of its probe workers' ticks. Absent where the order is given,
   * and where something was done to the pod.
   */
  otherOrders?(): readonly WaitablePodRun[];
  /** The name of the pod in requests to the agent. Absent if no agent runs it. */
  readonly agentKey?: string;
  /** A text as people may see it: without what the Secrets of the pod hold. Absent where none are known. */
  readonly hide?: (text: string) => string;
  /**
   * Resolves when the timeline has grown, its clock has come to `until`, or the run has ended or broken,
   * whichever is first. Time passes as it does for the pod: in virtual time this is immediate. With an `until` that has
   * gone by the timeline catches up with the pod's present.
   */
  progress(until: Instant): Promise<void>;
  /**
   * Something the pod talks to, by the name it uses. Absent where nothing of that kind is in a test's hands.
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

/** A pod to which nothing more can happen. */
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
