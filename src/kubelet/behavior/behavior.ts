/**
 * What a kubelet does that another version or other gates do otherwise. A flag is a rule of its own, and true where the
 * newest of the two rules holds.
 *
 * Kubernetes 1.38 announces ContainerScopedProbes: probes begin relative to the container's start, and liveness stops
 * while the pod terminates. It becomes flags here and lines in the table, read by `prober` and `proberManager`.
 */
export interface Behavior extends ProbeBehavior, SyncBehavior, StatusBehavior, TextBehavior, ApiBehavior {}

/** What probe workers do. */
export interface ProbeBehavior {
  /** A status that asks for a readiness probe also restarts the ticker of its worker. */
  readonly manualTriggerRestartsTicker: boolean;
  /** A startup probe that has succeeded waits for the next instance, as one that failed does. */
  readonly startupSuccessHolds: boolean;
  /** A port that is a text is a name, and never a number that is written as a text. */
  readonly textPortIsName: boolean;
  /** An exec probe fails at its timeout. Otherwise it only errors. */
  readonly execTimeoutFails: boolean;
  /** An exec command that times out has this text: `command timed out: "cat /ready" timed out after 1s`. */
  readonly execTimeoutNamesLimit: boolean;
  /** A worker of an exited container ends by the exit code and the restart rules, not by the pod's policy alone. */
  readonly workerEndsByExitCode: boolean;
  /** A kubelet that starts keeps what the API says of containers that ran before. */
  readonly trustsApiAfterRestart: boolean;
  /** `started` of a running container is carried over from the instance before (kubernetes/kubernetes#141155). */
  readonly carriesStartedOver: boolean;
  /** The deletion of a pod cancels its exec probes, so each attempt errors and the last result stays. */
  readonly deletionCancelsExecProbes: boolean;
  /** A sync makes every missing worker. Before, it stops at the first container that has one. */
  readonly makesEveryMissingWorker: boolean;
}

/** What a sync does, and when the next one comes. */
export interface SyncBehavior {
  /** The crash-loop back-off begins with 1 s and is at most 1 min. */
  readonly reducedBackOff: boolean;
  /** The kubelet's configuration may set the longest crash-loop back-off. */
  readonly configurableBackOff: boolean;
  /** The crash-loop back-off starts over after 10 min, not after twice its maximum. */
  readonly backOffResetsAfter10Min: boolean;
  /** The runtime is looked at again after each sync that did something, not only every second. */
  readonly relistsAfterSync: boolean;
  /** A start that waits is retried when its back-off is over, not every 10 s. */
  readonly retriesAtExpiry: boolean;
  /** Missing imagePullSecrets are reported after a failed pull. Before, at each sync. */
  readonly pullSecretsMatterToPulls: boolean;
  /** A regular container of the current sandbox proves that init is over. Before, one that is created or runs does. */
  readonly initJudgedBySandbox: boolean;
  /** Containers may have restart rules of their own. */
  readonly restartRules: boolean;
  /** A restart rule may restart all containers of the pod. */
  readonly restartsAllContainers: boolean;
  /** A sidecar gets its stop signal after the regular containers. */
  readonly sidecarsStopLast: boolean;
  /** A preStop hook counts against the grace period of a deleted pod. */
  readonly hookCountsAgainstPodGracePeriod: boolean;
  /** On cgroup v2 an OOM kill ends every process of a container. */
  readonly oomKillsGroup: boolean;
  /** The kubelet's configuration may let an OOM kill end one process. */
  readonly singleProcessOOMKill: boolean;
}

/** What the API shows of a pod. */
export interface StatusBehavior {
  /** There is a condition PodReadyToStartContainers. */
  readonly readyToStartContainersCondition: boolean;
  /** PodReadyToStartContainers is True as soon as the sandbox is ready, in an update of its own. */
  readonly publishesReadySandbox: boolean;
  /** PodReadyToStartContainers says why it is False. */
  readonly explainsMissingSandbox: boolean;
  /** The last state of a container is kept from the API if the runtime has removed the container. */
  readonly keepsLastStateOfRemoved: boolean;
  /** The resources of the pod itself decide about its QoS class. */
  readonly podLevelResources: boolean;
  /** They decide even if they are empty. */
  readonly emptyPodResourcesCount: boolean;
  /** The QoS classes of the containers are joined. Before, their resources are added up. */
  readonly qosJoinsContainers: boolean;
  /** A deleted pod reaches a terminal phase before it is removed, and as soon as its containers are stopped. */
  readonly terminalPhaseOnDeletion: boolean;
}

/** What the API server does. */
export interface ApiBehavior {
  /** An error about `shareProcessNamespace` names it in the spec. Before, in the spec's securityContext. */
  readonly podFieldsNamedBySpec: boolean;
  /** A hook whose only handler is dropped is dropped too. Before, it has no handler, which is an error. */
  readonly dropsEmptyHooks: boolean;
}

/** The texts of events. */
export interface TextBehavior {
  /** `BackOff` names the container and the pod. */
  readonly backOffNamesPod: boolean;
  /** `Created` and `Started` begin with "Container". */
  readonly startTextsBeginWithContainer: boolean;
  /** `Created container: web`, not `Created container web`. */
  readonly createdTextHasColon: boolean;
  /** An httpGet hook has scheme and headers, as a probe does. */
  readonly hookHasSchemeAndHeaders: boolean;
  /** A failed hook has a short text, not the whole message of its handler. */
  readonly shortHookText: boolean;
  /** An errored probe says in which state it results. */
  readonly erroredProbeNamesState: boolean;
  /** An image name that cannot be parsed is called an image name, not an image reference. */
  readonly parsesImageName: boolean;
  /** The text about an image name with upper-case letters names its repository. */
  readonly invalidNameNamesRepository: boolean;
  /** `Pulled` names the size of the image. */
  readonly pulledNamesSize: boolean;
  /** `Pulled` of an image that is present says that the pod can access it. */
  readonly pulledNamesAccess: boolean;
  /** The scheduler knows that preemption does not help a pod that exceeds the node. */
  readonly schedulerRulesOutPreemption: boolean;
}
