import type { Instant } from '../clock/instant';

/** Status of a pod in the API. Times are instants of the pod's clock, in whole seconds like Kubernetes' timestamps. */
export interface PodStatus {
  /** Phase of the pod. */
  readonly phase: PodPhase;
  /** Reason of the phase, such as `DeadlineExceeded` or `Evicted`. */
  readonly reason?: string;
  /** Reason of the phase in a sentence. */
  readonly message?: string;
  /** IP of the pod. Absent until the sandbox has one. */
  readonly podIP?: string;
  /** When the kubelet first handled the pod. */
  readonly startTime?: Instant;
  /** Conditions of the pod. */
  readonly conditions: readonly PodCondition[];
  /** Statuses of the init containers, in the order of the spec. */
  readonly initContainerStatuses: readonly ContainerStatus[];
  /** Statuses of the regular containers, sorted by name. */
  readonly containerStatuses: readonly ContainerStatus[];
  /** QoS class, which follows from the requests and limits. */
  readonly qosClass?: 'Guaranteed' | 'Burstable' | 'BestEffort';
}

export const POD_PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'] as const;
/** Phase of a pod. The reason why a container waits, such as `CrashLoopBackOff`, is not a phase. */
export type PodPhase = (typeof POD_PHASES)[number];

/** The status of a condition: `Unknown` if the kubelet cannot determine it. */
export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** Condition of a pod. Source: kubelet `status/generate.go`. */
export interface PodCondition {
  /**
   * `Ready`, `ContainersReady`, `Initialized`, `PodScheduled`, `PodReadyToStartContainers`, or the type of a readiness
   * gate.
   */
  readonly type: string;
  /** Status of the condition. */
  readonly status: ConditionStatus;
  /** Reason of the status, such as `ContainersNotReady`. */
  readonly reason?: string;
  /** Reason of the status in a sentence. */
  readonly message?: string;
  /** When `status` last changed. */
  readonly lastTransitionTime?: Instant;
}

/**
 * Status of a container in the API: that of its newest instance.
 * Source: kubelet_pods.go `convertToAPIContainerStatuses`.
 */
export interface ContainerStatus {
  /** Name of the container. */
  readonly name: string;
  /** Current state. */
  readonly state: ContainerState;
  /** End of the previous instance. Empty before the first restart. */
  readonly lastState: ContainerState;
  /**
   * True if the container is started and running, and its readiness probe, if it has one, has succeeded. For an init
   * container: true if it has exited with 0.
   */
  readonly ready: boolean;
  /** True if the container runs, its postStart hook is done, and its startup probe, if it has one, has succeeded. */
  readonly started?: boolean;
  /** Number of earlier instances. */
  readonly restartCount: number;
  /** Image of the container. */
  readonly image: string;
  /** Id of the container. Absent until it is created. */
  readonly containerID?: string;
}

/**
 * State of a container. As in the API, at most one of the three is set, and none if nothing is known about the
 * container.
 */
export interface ContainerState {
  /** Set if the container waits to start. */
  readonly waiting?: ContainerStateWaiting;
  /** Set if the container runs. */
  readonly running?: ContainerStateRunning;
  /** Set if the container has exited. */
  readonly terminated?: ContainerStateTerminated;
}

/** State of a container that waits for its first start or for a restart. */
export interface ContainerStateWaiting {
  /** Reason of the wait, such as `ContainerCreating` or `CrashLoopBackOff`. */
  readonly reason?: string;
  /** Reason of the wait in a sentence. */
  readonly message?: string;
}

/** State of a running container. */
export interface ContainerStateRunning {
  /** When the container started. */
  readonly startedAt: Instant;
}

/** State of a container that has exited. */
export interface ContainerStateTerminated {
  /** The exit code: 137 after SIGKILL, 143 after a SIGTERM without handler, 128 if it never started. */
  readonly exitCode: number;
  /** Signal that ended the container, if the runtime reports it. */
  readonly signal?: number;
  /** Reason of the exit, such as `Completed`, `Error` or `OOMKilled`. */
  readonly reason?: string;
  /** Termination message, or the error of a start that failed. */
  readonly message?: string;
  /** When the container started. */
  readonly startedAt?: Instant;
  /** When the container exited. */
  readonly finishedAt?: Instant;
  /** Id of the container that exited. */
  readonly containerID?: string;
}
