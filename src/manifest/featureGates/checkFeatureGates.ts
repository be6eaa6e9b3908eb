import { inspect } from 'node:util';
import { nearest } from '../schema/advise';
import { KUBERNETES_VERSIONS, NEWEST_VERSION, type Version } from '../values/kubernetesVersion';
import { type FeatureGates, STAGES, type Stage, stageIn } from './featureGates';

/** They stand for all gates of a stage that are not named. Source: component-base featuregate `setUnsetAlphaGates`. */
const WHOLE_STAGES: readonly string[] = ['AllAlpha', 'AllBeta'];

/**
 * Checks that a kubelet of that version starts with these gates.
 *
 * @throws TypeError if one is unknown, removed, not there yet or locked.
 */
export function checkFeatureGates(kubernetesVersion: string, featureGates: unknown): void {
  if (typeof featureGates !== 'object' || featureGates === null || Array.isArray(featureGates))
    throw new TypeError(`featureGates must be an object such as { EnvFiles: true }, received ${inspect(featureGates)}`);
  for (const [gate, value] of Object.entries(featureGates)) {
    if (typeof value !== 'boolean')
      throw new TypeError(`featureGates.${gate} must be true or false, received ${inspect(value)}`);
    const fault = explainUnsettable(kubernetesVersion, gate, value);
    if (fault !== undefined) throw new TypeError(`featureGates: ${fault}`);
  }
}

/** @throws TypeError if no version has a gate of that name. */
export function checkGateName(gate: string): void {
  if (!WHOLE_STAGES.includes(gate) && !STAGES.has(gate)) throw new TypeError(`featureGates: ${unknownGate(gate)}`);
}

function explainUnsettable(kubernetesVersion: string, gate: string, value: boolean): string | undefined {
  if (WHOLE_STAGES.includes(gate)) return undefined;
  const stages = STAGES.get(gate);
  if (!stages) return unknownGate(gate);
  const stage = stageIn(kubernetesVersion, gate);
  if (!stage) {
    const [first] = stages as readonly [Stage];
    return `${gate} needs Kubernetes ${versionText(first.since)} or later, and this is ${kubernetesVersion}. Remove it`;
  }
  if (stage.kind === 'removed') {
    return `${gate} was removed in Kubernetes ${versionText(stage.since)}, and this is ${kubernetesVersion}. Remove it`;
  }
  if (!stage.isLocked || value === stage.isOn) return undefined;
  return `${gate} is locked to ${stage.isOn} in Kubernetes ${kubernetesVersion}. Remove it`;
}

function unknownGate(gate: string): string {
  const near = nearest(gate, [...STAGES.keys()]);
  return `unknown feature gate ${JSON.stringify(gate)}. ${near === undefined ? 'Remove it' : `Did you mean ${JSON.stringify(near)}?`}`;
}

function versionText({ minor, patch }: Version): string {
  return patch === 0 ? `1.${minor}` : `1.${minor}.${patch}`;
}

/** Returns the newest version, up to one, whose kubelet starts with these gates, if there is one. */
export function newestVersionWith(featureGates: FeatureGates, upTo = NEWEST_VERSION): string | undefined {
  const versions = KUBERNETES_VERSIONS.slice(0, KUBERNETES_VERSIONS.indexOf(upTo) + 1);
  return versions.findLast((version) =>
    Object.entries(featureGates).every(([gate, value]) => explainUnsettable(version, gate, value) === undefined),
  );
}
