import { isAtLeast, parseVersion, type Version } from '../values/kubernetesVersion';
import { PUBLISHED } from './stages';

/** Every feature gate of Kubernetes 1.25 to 1.37 that a kubelet or an API server takes. */
export type FeatureGate = keyof typeof PUBLISHED;

/** Feature gates that differ from the version's default. */
export type FeatureGates = Readonly<Record<string, boolean>>;

/** State of a gate since a version. */
export interface Stage {
  readonly since: Version;
  readonly kind: 'alpha' | 'beta' | 'GA' | 'deprecated' | 'removed';
  readonly isOn: boolean;
  /** True if a gate can only be set to what it is. */
  readonly isLocked: boolean;
}

const KINDS = { a: 'alpha', b: 'beta', g: 'GA', d: 'deprecated', x: 'removed' } as const;

/**
 * Parses the stages of a gate, oldest first. `32a 35B 36G!` is alpha in 1.32, beta in 1.35, and locked GA in 1.36;
 * a capital is on by default, `x` is removed, and `35.4b` begins with a patch.
 *
 * Source: pkg/features/kube_features.go, and the features of k8s.io/apiserver, apiextensions-apiserver and component-base.
 */
function parseStages(text: string): readonly Stage[] {
  let wasOn = false;
  return text.split(' ').map((stage) => {
    const [, minor, patch = 0, letter = '', lock] = /^(\d+)(?:\.(\d+))?([abgdx])(!?)$/i.exec(stage) ?? [];
    const kind = KINDS[letter.toLowerCase() as keyof typeof KINDS];
    // A gate that is removed is what it was before: on after GA, off after alpha.
    wasOn = kind === 'removed' ? wasOn : letter !== letter.toLowerCase();
    return { since: { minor: Number(minor), patch: Number(patch) }, kind, isOn: wasOn, isLocked: lock === '!' };
  });
}

/** The stages of every gate, oldest first. */
export const STAGES: ReadonlyMap<string, readonly Stage[]> = new Map(
  Object.entries(PUBLISHED).map(([gate, text]) => [gate, parseStages(text)]),
);

/** Returns what a gate is in a version, and undefined if it is not there yet. */
export function stageIn(kubernetesVersion: string, gate: string): Stage | undefined {
  const version = parseVersion(kubernetesVersion);
  return STAGES.get(gate)?.findLast(({ since }) => isAtLeast(version, since));
}

/** Returns whether a version knows a gate or has known it. If it has, the feature exists or was dropped permanently. */
export function isGateKnown(kubernetesVersion: string, gate: FeatureGate): boolean {
  return stageIn(kubernetesVersion, gate) !== undefined;
}

/** Returns the version that a gate came with. */
export function firstVersionOf(gate: FeatureGate): string {
  return `1.${STAGES.get(gate)?.[0]?.since.minor}`;
}

/**
 * Returns whether a gate is on in a version. A gate that does not exist yet is off, and one that is removed keeps its
 * last state.
 */
export function isGateOn(kubernetesVersion: string, featureGates: FeatureGates, gate: FeatureGate): boolean {
  const stage = stageIn(kubernetesVersion, gate);
  if (featureGates[gate] !== undefined) return featureGates[gate];
  if (stage?.kind === 'alpha' && featureGates.AllAlpha !== undefined) return featureGates.AllAlpha;
  if (stage?.kind === 'beta' && featureGates.AllBeta !== undefined) return featureGates.AllBeta;
  return stage?.isOn ?? false;
}
