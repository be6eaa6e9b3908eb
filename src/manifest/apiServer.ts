import { minorOf } from './kubernetesVersion';

/** Which API server takes the manifest: some rules depend on its version and on its feature gates. */
export interface ApiServer {
  /** `1.25` to `1.36`. */
  readonly kubernetesVersion: string;
  /** Gates that differ from the version's default. */
  readonly featureGates: Readonly<Record<string, boolean>>;
}

export const NEWEST: ApiServer = { kubernetesVersion: '1.36', featureGates: {} };

/** The minor version from which each gate is on by default. Source: pkg/features/kube_features.go. */
const ON_SINCE = {
  ContainerRestartRules: 35,
  PodLifecycleSleepActionAllowZero: 33,
  RelaxedEnvironmentVariableValidation: 32,
  RestartAllContainersOnContainerExits: 36,
} as const;

export function isEnabled({ kubernetesVersion, featureGates }: ApiServer, gate: keyof typeof ON_SINCE): boolean {
  return featureGates[gate] ?? minorOf(kubernetesVersion) >= ON_SINCE[gate];
}
