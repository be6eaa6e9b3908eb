import type { FeatureGates } from '../../manifest/featureGates/featureGates';
import { NEWEST_VERSION } from '../../manifest/values/kubernetesVersion';
import { behaviorOf } from './behaviorOf';
import type { Profile } from './profile';
import { IDEAL } from './profile';

/** Which kubelet is played: its version, its gates, its settings, and how long things take on its node. */
export interface KubeletConfig {
  /** `1.25` to `1.37`, or one of their patches such as `1.36.3`. */
  readonly kubernetesVersion: string;
  /** Gates that differ from the version's default. */
  readonly featureGates: FeatureGates;
  /** The cap of the crash-loop back-off, in seconds: 1 to 300. */
  readonly maxContainerRestartPeriodSeconds?: number;
  /** The version of control groups on its node; v2 when absent, which a kubelet needs by default since 1.35. */
  readonly cgroup?: CgroupVersion;
  /** True if an OOM kill ends one process and not its container: the kubelet's setting of that name, since 1.32. */
  readonly singleProcessOOMKill?: boolean;
  readonly profile: Profile;
  /** The pod's imagePullSecrets that are not in its namespace, by name. */
  readonly missingPullSecrets?: readonly string[];
  /** Resources that its node has for pods; unlimited if absent. */
  readonly allocatable?: Allocatable;
  /**
   * Place of each probe worker's first tick in its first period, from 0 to 1, which on a node depends on the duration
   * of the start. If absent, it ticks before the container runs.
   */
  readonly tickPhase?: number;
  /** Start of the random sequence; the same seed gives the same run. */
  readonly seed: number;
}

/** Version of the control groups of Linux. */
export type CgroupVersion = 'v1' | 'v2';

/**
 * Returns whether an OOM kill of any process ends the whole container.
 *
 * Source: kuberuntime_container_linux.go `generateLinuxContainerResources` (`memory.oom.group`).
 */
export function endsContainerOnOOM(config: KubeletConfig): boolean {
  const { oomKillsGroup, singleProcessOOMKill } = behaviorOf(config.kubernetesVersion, config.featureGates);
  const isSingle = config.singleProcessOOMKill === true && singleProcessOOMKill;
  return oomKillsGroup && config.cgroup !== 'v1' && !isSingle;
}

export const DEFAULT_CONFIG: KubeletConfig = {
  kubernetesVersion: NEWEST_VERSION,
  featureGates: {},
  profile: IDEAL,
  seed: 1,
};

/** Resources that a node has for pods, as Kubernetes quantities. Default: unlimited. */
export interface Allocatable {
  /** CPU in cores: `4`, `500m`. */
  readonly cpu?: string;
  /** Memory in bytes: `16Gi`. */
  readonly memory?: string;
}
