/**
 * Differences between kubelets by version and gates; a flag is true if the newest of the two rules applies. Kubernetes
 * 1.38 announces ContainerScopedProbes: its rules become flags here and lines in the table, read by `prober` and
 * `proberManager`.
 */
export interface Behavior extends ProbeBehavior, SyncBehavior, StatusBehavior, TextBehavior, ApiBehavior {}

/** Behavior of probe workers. */
export interface ProbeBehavior {
  /** True if a status that pokes a readiness probe also restarts the ticker of its worker. */
  readonly manualTriggerRestartsTicker: boolean;
  /** True if a startup probe that has succeeded waits for the next instance, as one that failed does. */
  readonly startupSuccessHolds: boolean;
  /** True if a port that is a text is a name, and never a number that is written as a text. */
  readonly textPortIsName: boolean;
  /** True if an exec probe fails at its timeout. Otherwise it only errors. */
  readonly execTimeoutFails: boolean;
  /** True if an exec command that times out has this text: `command timed out: "cat /ready" timed out after 1s`. */
  readonly execTimeoutNamesLimit: boolean;
  /**
   * True if a worker of an exited container ends by the exit code and the restart rules, not by the pod's policy alone.
   */
  readonly workerEndsByExitCode: boolean;
  /** True if a kubelet that starts keeps the API's status of containers that ran before. */
  readonly trustsApiAfterRestart: boolean;
  /**
   * True if `started` of a running container is carried over from the instance before (kubernetes/kubernetes#141155).
   */
  readonly carriesStartedOver: boolean;
  /** True if the deletion of a pod cancels its exec probes, so each attempt errors and the last result stays. */
  readonly deletionCancelsExecProbes: boolean;
  /** True if a sync makes every missing worker. Before, it stops at the first container that has one. */
  readonly makesEveryMissingWorker: boolean;
}

/** Behavior of a sync, and the time of the next one. */
export interface SyncBehavior {
  /** True if the crash-loop back-off begins with 1s and is at most 1m. */
  readonly reducedBackOff: boolean;
  /** True if the kubelet's configuration may set the longest crash-loop back-off. */
  readonly configurableBackOff: boolean;
  /** True if the crash-loop back-off starts over after 10m, not after twice its maximum. */
  readonly backOffResetsAfter10Min: boolean;
  /** True if the kubelet looks at the runtime after each sync that did something, not only every second. */
  readonly relistsAfterSync: boolean;
  /** True if a start that waits is retried when its back-off is over, not every 10s. */
  readonly retriesAtExpiry: boolean;
  /** True if missing imagePullSecrets are reported after a failed pull. Before, at each sync. */
  readonly pullSecretsMatterToPulls: boolean;
  /**
   * True if a regular container of the current sandbox proves that init is over. Before, one that is created or runs
   * does.
   */
  readonly initJudgedBySandbox: boolean;
  /** True if containers may have restart rules of their own. */
  readonly restartRules: boolean;
  /** True if a restart rule may restart all containers of the pod. */
  readonly restartsAllContainers: boolean;
  /** True if a sidecar gets its stop signal after the regular containers. */
  readonly sidecarsStopLast: boolean;
  /** True if a preStop hook counts against the grace period of a deleted pod. */
  readonly hookCountsAgainstPodGracePeriod: boolean;
  /** True if an OOM kill on cgroup v2 ends every process of a container. */
  readonly oomKillsGroup: boolean;
  /** True if the kubelet's configuration may let an OOM kill end one process. */
  readonly singleProcessOOMKill: boolean;
}

/** Behavior of a pod's status in the API. */
export interface StatusBehavior {
  /** True if there is a condition PodReadyToStartContainers. */
  readonly readyToStartContainersCondition: boolean;
  /** True if PodReadyToStartContainers is True as soon as the sandbox is ready, in an update of its own. */
  readonly publishesReadySandbox: boolean;
  /** True if PodReadyToStartContainers has a reason if it is False. */
  readonly explainsMissingSandbox: boolean;
  /** True if the last state of a container is kept from the API if the runtime has removed the container. */
  readonly keepsLastStateOfRemoved: boolean;
  /** True if the resources of the pod itself decide about its QoS class. */
  readonly podLevelResources: boolean;
  /** True if they decide even if they are empty. */
  readonly emptyPodResourcesCount: boolean;
  /** True if the QoS classes of the containers are joined. Before, their resources are added up. */
  readonly qosJoinsContainers: boolean;
  /** True if a deleted pod reaches a terminal phase before it is removed, and as soon as its containers are stopped. */
  readonly terminalPhaseOnDeletion: boolean;
}

/** Behavior of the API server. */
export interface ApiBehavior {
  /** True if an error about `shareProcessNamespace` names it in the spec. Before, in the spec's securityContext. */
  readonly podFieldsNamedBySpec: boolean;
  /** True if a hook whose only handler is dropped is dropped too. Before, it has no handler, which is an error. */
  readonly dropsEmptyHooks: boolean;
}

/** The texts of events. */
export interface TextBehavior {
  /** True if `BackOff` names the container and the pod. */
  readonly backOffNamesPod: boolean;
  /** True if `Created` and `Started` begin with "Container". */
  readonly startTextsBeginWithContainer: boolean;
  /** True for `Created container: web`, false for `Created container web`. */
  readonly createdTextHasColon: boolean;
  /** True if an httpGet hook has scheme and headers, as a probe does. */
  readonly hookHasSchemeAndHeaders: boolean;
  /** True if a failed hook has a short text, not the whole message of its handler. */
  readonly shortHookText: boolean;
  /** True if an errored probe names the state in which it results. */
  readonly erroredProbeNamesState: boolean;
  /** True if an image name that cannot be parsed is called an image name, not an image reference. */
  readonly parsesImageName: boolean;
  /** True if the text about an image name with upper-case letters names its repository. */
  readonly invalidNameNamesRepository: boolean;
  /** True if `Pulled` names the size of the image. */
  readonly pulledNamesSize: boolean;
  /** True if `Pulled` of an image that is present mentions that the pod can access it. */
  readonly pulledNamesAccess: boolean;
  /** True if the scheduler knows that preemption does not help a pod that exceeds the node. */
  readonly schedulerRulesOutPreemption: boolean;
}
