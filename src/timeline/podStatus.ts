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
/** Phase of a pod. The reason why a container waits, such as `CrashLoopBackOff`, is not a phase. */
export type PodPhase = (typeof POD_PHASES)[number];

/** The status of a condition: `Unknown` if the kubelet cannot determine it. */
export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** Condition of a pod. Source: kubelet `status/generate.go`. */
export interface PodCondition {
  /** `Ready`, `ContainersReady`, `Initialized`, `PodScheduled`, `PodReadyToStartContainers`, or a readiness gate's. */
  readonly type: string;
  readonly status: ConditionStatus;
  readonly reason?: string;
  readonly message?: string;
  /** When `status` last changed. */
  readonly lastTransitionTime?: Instant;
}

/**
 * Status of one container in the API, that of its newest instance.
 * Source: kubelet_pods.go `convertToAPIContainerStatuses`.
 */
export interface ContainerStatus {
  readonly name: string;
  readonly state: ContainerState;
  /** The end of the instance before; empty before the first restart. */
  readonly lastState: ContainerState;
  /**
   * True if it is started and running, and its readiness probe, if it has one, has succeeded; for an init container, if
   * it has exited with 0.
   */
  readonly ready: boolean;
  /** True if it runs, its postStart hook is done, and its startup probe, if it has one, has succeeded. */
  readonly started?: boolean;
  /** The number of instances before this one. */
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
  /** The exit code: 137 after SIGKILL, 143 after a SIGTERM without handler, 128 if it never started. */
  readonly exitCode: number;
  readonly signal?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly containerID?: string;
}
