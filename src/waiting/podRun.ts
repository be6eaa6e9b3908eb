import type { Instant } from '../clock/instant';
import type { Pod } from '../manifest/model';
import type { Timeline } from '../timeline/timeline';

/** A pod's life as it can be asked about and waited for, whoever plays it: containers, a script, a cluster. */
export interface Rehearsal {
  /** The pod as it runs: the manifest's, with Kubernetes' defaults filled in. */
  readonly pod: Pod;
  /** What has happened to it so far. */
  readonly timeline: Timeline;
  /** From which wait to which one its crash-loop back-off grows, in milliseconds; the defaults when absent. */
  readonly backOff?: { readonly initialMs: number; readonly maxMs: number };
  /** True once nothing more can happen to the pod. */
  readonly ended: boolean;
  /** Why the run broke, when it did: the engine was lost, or the driver came too late to judge. */
  readonly broken: Error | undefined;
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
  otherOrders?(): readonly Rehearsal[];
  /** A text as people may see it: without what the Secrets of the pod hold. Absent where none are known. */
  readonly hide?: (text: string) => string;
  /**
   * Resolves when the timeline has grown, its clock has come to `until`, or the rehearsal has ended or broken,
   * whichever is first. Time passes as it does for the pod: in virtual time this is immediate. With an `until` that has
   * gone by the timeline catches up with the pod's present.
   */
  progress(until: Instant): Promise<void>;
  /**
   * Something the pod talks to, by the name it uses. Absent where nothing of that kind is in a test's hands.
   *
   * @throws Error when there is nothing of that name.
   */
  service?(name: string): Surrounding;
}

/** Something beside a pod that can be made to fail: frozen, it takes requests and answers none. */
export interface Surrounding {
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}

/** A pod to which nothing more can happen. */
export type Gone<Pod extends Rehearsal = Rehearsal> = Pod & { readonly ended: true };
