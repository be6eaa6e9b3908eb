import { checkFeatureGates } from '../featureGates/checkFeatureGates';
import { type FeatureGate, type FeatureGates, isGateOn } from '../featureGates/featureGates';
import { checkVersion, NEWEST_VERSION } from './kubernetesVersion';

/** API server that validates a manifest. Some rules depend on its version and on its feature gates. */
export interface ApiServer {
  /** `1.25` to `1.37`, or one of their patches such as `1.36.3`. */
  readonly kubernetesVersion: string;
  /** Feature gates that differ from the version's default. */
  readonly featureGates: FeatureGates;
}

export const NEWEST: ApiServer = { kubernetesVersion: NEWEST_VERSION, featureGates: {} };

/** @throws RangeError or TypeError if there is no such API server. */
export function checkApiServer({ kubernetesVersion, featureGates }: ApiServer): void {
  checkFeatureGates(checkVersion(kubernetesVersion), featureGates);
}

export function isEnabled({ kubernetesVersion, featureGates }: ApiServer, gate: FeatureGate): boolean {
  return isGateOn(kubernetesVersion, featureGates, gate);
}
