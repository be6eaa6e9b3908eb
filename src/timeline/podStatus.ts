import type { Instant } from '../clock/instant';

/** A pod's status as the API shows it, with instants of the pod's clock where Kubernetes has timestamps (whole seconds). */
export interface PodStatus {
  readonly phase: PodPhase;
  /** Why it is in this phase, as `DeadlineExceeded` or `Evicted`; `message` says it in words. */
  readonly reason?: string;
  readonly message?: string;
  /** There once the sandbox has one. */
  readonly podIP?: string;
  /** When the kubelet first took note of the pod. */
  readonly startTime?: Instant;
  readonly conditions: readonly PodCondition[];
  /** In the order of the spec. */
  readonly initContainerStatuses: readonly ContainerStatus[];
  /** Sorted by name. */
  readonly containerStatuses: readonly ContainerStatus[];
  readonly qosClass?: 'Guaranteed' | 'Burstable' | 'BestEffort';
}

export const POD_PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'] as const;
/** Where a pod is in its life. The reason why a container waits, as `CrashLoopBackOff`, is no phase. */
export type PodPhase = (typeof POD_PHASES)[number];

/** The status of a condition: `Unknown` if the kubelet cannot determine it. */
export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** One of a pod's conditions. Source: kubelet `status/generate.go`. */
export interface PodCondition {
  /** `Ready`, `ContainersReady`, `Initialized`, `PodScheduled`, `PodReadyToStartContainers`, or a readiness gate's. */
  readonly type: string;
  readonly status: ConditionStatus;
  readonly reason?: string;
  readonly message?: string;
  /** When `status` last changed. */
  readonly lastTransitionTime?: Instant;
}

/** What the API shows of one container, the newest instance of it. Source: kubelet_pods.go `convertToAPIContainerStatuses`. */
export interface ContainerStatus {
  readonly name: string;
  readonly state: ContainerState;
  /** How the instance before ended; empty before the first restart. */
  readonly lastState: ContainerState;
  /** Started, running, and its readiness probe, if it has one, has succeeded; of an init container that it has ended with 0. */
  readonly ready: boolean;
  /** It runs, its postStart hook is done, and its startup probe, if it has one, has succeeded. */
  readonly started?: boolean;
  /** How many instances there have been before this one. */
  readonly restartCount: number;
  readonly image: string;
  readonly containerID?: string;
}

/** At most one of the three is set, as in the API; none is a container about which nothing is known. */
export interface ContainerState {
  readonly waiting?: ContainerStateWaiting;
  readonly running?: ContainerStateRunning;
  readonly terminated?: ContainerStateTerminated;
}

/** A container that does not run yet, or not again: `reason` says why, as `ContainerCreating` or `CrashLoopBackOff`. */
export interface ContainerStateWaiting {
  readonly reason?: string;
  readonly message?: string;
}

/** A container that runs. */
export interface ContainerStateRunning {
  readonly startedAt: Instant;
}

/** A container that has ended. */
export interface ContainerStateTerminated {
  /** 137 after SIGKILL, 143 where SIGTERM ended it by itself, 128 where it never started. */
  readonly exitCode: number;
  readonly signal?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly containerID?: string;
}
