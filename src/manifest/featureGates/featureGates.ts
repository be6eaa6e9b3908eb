import { inspect } from 'node:util';
import { isAtLeast, KUBERNETES_VERSIONS, parseVersion, type Version } from '../kubernetesVersion';
import { nearest } from '../schema/advise';
import published from './stages.json';

/** Every feature gate of Kubernetes 1.25 to 1.37 that a kubelet or an API server takes. */
export type FeatureGate = keyof typeof published;

/** Gates that differ from the version's default. */
export type FeatureGates = Readonly<Record<string, boolean>>;

interface Stage {
  readonly since: Version;
  readonly kind: 'alpha' | 'beta' | 'GA' | 'deprecated' | 'removed';
  readonly isOn: boolean;
  /** True if a gate can only be set to what it is. */
  readonly isLocked: boolean;
}

const KINDS = { a: 'alpha', b: 'beta', g: 'GA', d: 'deprecated', x: 'removed' } as const;

/** They stand for all gates of a stage that are not named. Source: component-base featuregate `setUnsetAlphaGates`. */
const WHOLE_STAGES: readonly string[] = ['AllAlpha', 'AllBeta'];

/**
 * Parses the stages of a gate, oldest first. `32a 35B 36G!` is alpha in 1.32, beta in 1.35, and locked GA in 1.36;
 * a capital is on by default, `x` is removed, and `35.4b` begins with a patch.
 *
 * Source: pkg/features/kube_features.go, and the features of k8s.io/apiserver, apiextensions-apiserver and component-base.
 */
function parseStages(text: string): readonly Stage[] {
  return text.split(' ').map((stage) => {
    const [, minor, patch = 0, letter = '', lock] = /^(\d+)(?:\.(\d+))?([abgdx])(!?)$/i.exec(stage) ?? [];
    const kind = KINDS[letter.toLowerCase() as keyof typeof KINDS];
    const isOn = letter !== letter.toLowerCase();
    return { since: { minor: Number(minor), patch: Number(patch) }, kind, isOn, isLocked: lock === '!' };
  });
}

const STAGES: ReadonlyMap<string, readonly Stage[]> = new Map(
  Object.entries(published).map(([gate, text]) => [gate, parseStages(text)]),
);

function stageIn(version: Version, gate: string): Stage | undefined {
  return STAGES.get(gate)?.findLast(({ since }) => isAtLeast(version, since));
}

/** Whether a gate is on in a version. One that is removed or not there yet is off. */
export function isGateOn(kubernetesVersion: string, featureGates: FeatureGates, gate: FeatureGate): boolean {
  const stage = stageIn(parseVersion(kubernetesVersion), gate);
  if (featureGates[gate] !== undefined) return featureGates[gate];
  if (stage?.kind === 'alpha' && featureGates.AllAlpha !== undefined) return featureGates.AllAlpha;
  if (stage?.kind === 'beta' && featureGates.AllBeta !== undefined) return featureGates.AllBeta;
  return stage?.isOn ?? false;
}

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
    const fault = whyNotSettable(kubernetesVersion, gate, value);
    if (fault !== undefined) throw new TypeError(`featureGates: ${fault}`);
  }
}

function whyNotSettable(kubernetesVersion: string, gate: string, value: boolean): string | undefined {
  if (WHOLE_STAGES.includes(gate)) return undefined;
  const stages = STAGES.get(gate);
  if (!stages) return unknownGate(gate);
  const stage = stageIn(parseVersion(kubernetesVersion), gate);
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

/** Returns the newest version whose kubelet starts with these gates, if there is one. */
export function newestVersionWith(featureGates: FeatureGates): string | undefined {
  return KUBERNETES_VERSIONS.findLast((version) =>
    Object.entries(featureGates).every(([gate, value]) => whyNotSettable(version, gate, value) === undefined),
  );
}
