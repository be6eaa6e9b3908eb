import { type FeatureGate, type FeatureGates, isGateOn } from '../../manifest/featureGates/featureGates';
import { isAtLeast, parseVersion, type Version } from '../../manifest/values/kubernetesVersion';
import type { Behavior } from './behavior';

interface Kubelet {
  readonly version: Version;
  readonly kubernetesVersion: string;
  readonly featureGates: FeatureGates;
}

type BehaviorRule = (kubelet: Kubelet) => boolean;

/** Returns the rule of a version and all later ones. `1.35` is 1.35.0. */
function since(text: string): BehaviorRule {
  const first = parseSince(text);
  return ({ version }) => isAtLeast(version, first);
}

function whenOn(gate: FeatureGate): BehaviorRule {
  return ({ kubernetesVersion, featureGates }) => isGateOn(kubernetesVersion, featureGates, gate);
}

function not(rule: BehaviorRule): BehaviorRule {
  return (kubelet) => !rule(kubelet);
}

function all(...rules: readonly BehaviorRule[]): BehaviorRule {
  return (kubelet) => rules.every((rule) => rule(kubelet));
}

function any(...rules: readonly BehaviorRule[]): BehaviorRule {
  return (kubelet) => rules.some((rule) => rule(kubelet));
}

/** Returns the rule of a version and all later ones before another one. */
function between(first: string, after: string): BehaviorRule {
  return all(since(first), not(since(after)));
}

function parseSince(text: string): Version {
  return { ...parseVersion(text), ...(text.split('.').length === 2 && { patch: 0 }) };
}

/** The first version that has each rule, or its gate. Source: the kubelets of 1.25 to 1.37, read side by side. */
const RULES: { readonly [Flag in keyof Behavior]: BehaviorRule } = {
  // prober/worker.go
  manualTriggerRestartsTicker: since('1.32'),
  startupSuccessHolds: since('1.32'),
  workerEndsByExitCode: since('1.35'),
  // pkg/probe
  textPortIsName: since('1.37'),
  execTimeoutFails: whenOn('ExecProbeTimeout'),
  execTimeoutNamesLimit: since('1.31'),
  trustsApiAfterRestart: all(since('1.35'), not(whenOn('ChangeContainerStatusOnKubeletRestart'))),
  // kubelet_pods.go `convertToAPIContainerStatuses`; no release has the fix yet
  carriesStartedOver: all(since('1.35'), not(whenOn('ChangeContainerStatusOnKubeletRestart'))),
  // pod_workers.go `startPodSync`, prober/prober_manager.go `AddPod`
  deletionCancelsExecProbes: any(between('1.35.0', '1.36.0'), between('1.36.3', '1.37.0')),
  makesEveryMissingWorker: since('1.37'),
  // kubelet.go `newCrashLoopBackOff` and `SyncPod`, pod_workers.go `completeWork`
  reducedBackOff: whenOn('ReduceDefaultCrashLoopBackOffDecay'),
  configurableBackOff: whenOn('KubeletCrashLoopBackOffMax'),
  backOffResetsAfter10Min: since('1.32'),
  retriesAtExpiry: since('1.35'),
  pullSecretsMatterToPulls: since('1.37'),
  relistsAfterSync: whenOn('PLEGOnDemandRelist'),
  // kuberuntime_manager.go, kuberuntime_container.go
  initJudgedBySandbox: since('1.37'),
  restartRules: whenOn('ContainerRestartRules'),
  restartsAllContainers: whenOn('RestartAllContainersOnContainerExits'),
  sidecarsStopLast: since('1.29'),
  hookCountsAgainstPodGracePeriod: since('1.28'),
  oomKillsGroup: since('1.28'),
  singleProcessOOMKill: since('1.32'),
  // kubelet_pods.go, status/status_manager.go
  readyToStartContainersCondition: whenOn('PodReadyToStartContainersCondition'),
  publishesReadySandbox: all(since('1.36'), whenOn('PodReadyToStartContainersCondition')),
  explainsMissingSandbox: since('1.37'),
  keepsLastStateOfRemoved: all(since('1.36'), whenOn('RestartAllContainersOnContainerExits')),
  podLevelResources: whenOn('PodLevelResources'),
  emptyPodResourcesCount: not(whenOn('PodLevelResourcesFixKubeletQOSClass')),
  qosJoinsContainers: since('1.37'),
  terminalPhaseOnDeletion: since('1.27'),
  // pkg/apis/core/validation
  podFieldsNamedBySpec: since('1.37'),
  // pkg/api/pod/util.go `dropPodLifecycleSleepAction`
  dropsEmptyHooks: since('1.30'),
  // Texts
  backOffNamesPod: since('1.26'),
  startTextsBeginWithContainer: since('1.35'),
  createdTextHasColon: since('1.29'),
  hookHasSchemeAndHeaders: since('1.26'),
  shortHookText: since('1.26'),
  erroredProbeNamesState: since('1.33'),
  parsesImageName: since('1.28'),
  invalidNameNamesRepository: since('1.29'),
  pulledNamesSize: since('1.30'),
  pulledNamesAccess: since('1.35'),
  schedulerRulesOutPreemption: since('1.34'),
};

/**
 * Returns the behavior of a kubelet of that version (the newest one if it has no minor) with these gates. No other place
 * compares versions or reads gates.
 */
export function behaviorOf(kubernetesVersion: string, featureGates: FeatureGates = NO_GATES): Behavior {
  if (featureGates !== NO_GATES) return derive(kubernetesVersion, featureGates);
  const known = WITHOUT_GATES.get(kubernetesVersion) ?? derive(kubernetesVersion, featureGates);
  WITHOUT_GATES.set(kubernetesVersion, known);
  return known;
}

const NO_GATES: FeatureGates = {};
const WITHOUT_GATES = new Map<string, Behavior>();

function derive(kubernetesVersion: string, featureGates: FeatureGates): Behavior {
  const kubelet = { version: parseVersion(kubernetesVersion), kubernetesVersion, featureGates };
  const flags = Object.entries(RULES).map(([flag, rule]) => [flag, rule(kubelet)]);
  return Object.fromEntries(flags) as Behavior;
}
