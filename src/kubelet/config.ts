import { minorOf as minorVersionOf } from '../manifest/kubernetesVersion';
import type { Profile } from './profile';
import { IDEAL } from './profile';
import type { Allocatable } from './schedule';

/** Which kubelet is played: its version, its gates, its settings, and how long things take on its node. */
export interface KubeletConfig {
  /** `1.25` to `1.36`. */
  readonly kubernetesVersion: string;
  /** Gates that differ from the version's default. */
  readonly featureGates: Readonly<Record<string, boolean>>;
  /** The cap of the crash-loop back-off, in seconds: 1 to 300. */
  readonly maxContainerRestartPeriodSeconds?: number;
  /** The version of control groups on its node; v2 when absent, which a kubelet needs by default since 1.35. */
  readonly cgroup?: CgroupVersion;
  /** The kubelet's setting of that name, from 1.32 on: an OOM kill ends one process and not its container. */
  readonly singleProcessOOMKill?: boolean;
  readonly profile: Profile;
  /** What its node has for pods; unlimited when absent. */
  readonly allocatable?: Allocatable;
  /**
   * Where in its first period each probe worker begins to tick, from 0 to 1: on a node that depends on how long the start
   * of the container takes. At once when absent, which is before the container runs.
   */
  readonly tickPhase?: number;
  /** Where randomness starts; the same seed gives the same run. */
  readonly seed: number;
}

/** The version of Linux' control groups. */
export type CgroupVersion = 'v1' | 'v2';

/** The minor versions from which containers have memory.oom.group, and from which a setting turns it off. */
const OOM_GROUP_SINCE = 28;
const SINGLE_PROCESS_SINCE = 32;

/**
 * Whether an OOM kill of any process ends the whole container.
 *
 * Source: kuberuntime_container_linux.go `generateLinuxContainerResources` (`memory.oom.group`).
 */
export function endsContainerOnOOM(config: KubeletConfig): boolean {
  const minor = minorOf(config);
  const isSingle = config.singleProcessOOMKill === true && minor >= SINGLE_PROCESS_SINCE;
  return minor >= OOM_GROUP_SINCE && config.cgroup !== 'v1' && !isSingle;
}

export const DEFAULT_CONFIG: KubeletConfig = {
  kubernetesVersion: '1.36',
  featureGates: {},
  profile: IDEAL,
  seed: 1,
};

/** In which minor versions each gate is on by default. Source: pkg/features/kube_features.go. */
const ON_BY_DEFAULT = {
  /** Deprecated since 1.35, where what it stands for ended to be the rule. */
  ChangeContainerStatusOnKubeletRestart: (minor: number) => minor < 35,
  ContainerRestartRules: (minor: number) => minor >= 35,
  KubeletCrashLoopBackOffMax: (minor: number) => minor >= 35,
  PodReadyToStartContainersCondition: (minor: number) => minor >= 29,
  ReduceDefaultCrashLoopBackOffDecay: () => false,
  RestartAllContainersOnContainerExits: (minor: number) => minor >= 36,
} as const;

export type FeatureGate = keyof typeof ON_BY_DEFAULT;

/** Whether the engine knows a gate of that name. */
export function isFeatureGate(name: string): name is FeatureGate {
  return Object.hasOwn(ON_BY_DEFAULT, name);
}

export function minorOf(config: Pick<KubeletConfig, 'kubernetesVersion'>): number {
  return minorVersionOf(config.kubernetesVersion);
}

export function isEnabled(config: KubeletConfig, gate: FeatureGate): boolean {
  return config.featureGates[gate] ?? ON_BY_DEFAULT[gate](minorOf(config));
}
