import { minorOf } from './kubernetesVersion';

/** Which API server takes the manifest: some rules depend on its version and on its feature gates. */
export interface ApiServer {
  /** `1.25` to `1.36`. */
  readonly kubernetesVersion: string;
  /** Gates that differ from the version's default. */
  readonly featureGates: Readonly<Record<string, boolean>>;
}

export const NEWEST: ApiServer = { kubernetesVersion: '1.36', featureGates: {} };

/** The minor version. */
const SLEEP_SINCE = 29;

/** The minor version from which each gate is on by default. Source: pkg/features/kube_features.go. */
const ON_SINCE = {
  ContainerRestartRules: 35,
  ContainerStopSignals: Number.POSITIVE_INFINITY,
  EnvFiles: 35,
  ImageVolume: 35,
  PodLevelResources: 34,
  PodLifecycleSleepActionAllowZero: 33,
  RelaxedEnvironmentVariableValidation: 32,
  RestartAllContainersOnContainerExits: 36,
} as const;

/** A gate on which the API server's rules depend. */
export type FeatureGate = keyof typeof ON_SINCE;

/** Whether a hook may sleep; in 1.29 its gate is off by default, and it is taken all the same. */
export function hasSleepAction(kubernetesVersion: string): boolean {
  return minorOf(kubernetesVersion) >= SLEEP_SINCE;
}

export function isEnabled({ kubernetesVersion, featureGates }: ApiServer, gate: FeatureGate): boolean {
  return featureGates[gate] ?? minorOf(kubernetesVersion) >= ON_SINCE[gate];
}
