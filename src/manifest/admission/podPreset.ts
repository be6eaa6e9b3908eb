import { isDeepStrictEqual } from 'node:util';
import { formatList } from '../../wording/list';
import type { Container, EnvFromSource, EnvVar, ObjectMeta, Volume, VolumeMount } from '../model';
import { decode } from '../schema/decode';
import { resolveSchema, type Schema, schemaOf } from '../schema/schema';
import type { SourceDocument } from '../source/yaml/parse';
import { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';
import { type LabelSelector, matchesSelector } from '../workload/labelSelector';
import { isBeside } from '../workload/services';
import type { WrittenPod } from './defaults';

const PREFIX = 'podpreset.admission.kubernetes.io';

/** Additions to the pods that a selector chooses, made when they are created. Kubernetes had it until 1.19. */
export interface PodPreset {
  readonly metadata?: Unchecked<ObjectMeta> & { readonly resourceVersion?: string };
  readonly spec?: {
    readonly selector?: LabelSelector;
    readonly env?: readonly Unchecked<EnvVar>[];
    readonly envFrom?: readonly Unchecked<EnvFromSource>[];
    readonly volumes?: readonly Unchecked<Volume>[];
    readonly volumeMounts?: readonly Unchecked<VolumeMount>[];
  };
}

/** Returns the schema of a PodPreset, which no published schema has any longer: its parts are in all of them. */
export function podPresetSchema(): Schema {
  const container = fieldsOf(schemaOf('Container'));
  const controller = fieldsOf(fieldsOf(schemaOf('Deployment')).spec);
  const spec = {
    selector: controller.selector,
    env: container.env,
    envFrom: container.envFrom,
    volumeMounts: container.volumeMounts,
    volumes: fieldsOf(schemaOf('PodSpec')).volumes,
  };
  return {
    fields: {
      apiVersion: { enum: ['settings.k8s.io/v1alpha1'] },
      kind: 'string',
      metadata: { ref: 'ObjectMeta' },
      spec: { fields: spec as Readonly<Record<string, Schema>> },
    },
  };
}

function fieldsOf(schema: Schema | undefined): Readonly<Record<string, Schema | undefined>> {
  const type = schema && resolveSchema(schema);
  return typeof type === 'object' && 'fields' in type ? type.fields : {};
}

export interface Preset {
  readonly pod: WrittenPod;
  /** Changes, or why there are none, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Puts the PodPresets among the documents into a pod that is being created, all of those that choose it or, where any of
 * them would change what is there already, none.
 *
 * Source: plugin/pkg/admission/podpreset (until 1.19) `Admit`, `safeToApplyPodPresetsOnPod`, `applyPodPresetsOnPod`.
 */
export function applyPodPresets(pod: WrittenPod, documents: readonly SourceDocument[]): Preset {
  const { metadata = {}, spec = {} } = pod;
  const presets = documents.flatMap(presetIn).filter((preset) => chooses(preset, metadata));
  if (presets.length === 0 || metadata.annotations?.[`${PREFIX}/exclude`] === 'true') return { pod, notes: [] };
  const names = presets.map(nameOf);
  const conflicts: string[] = [];
  const volumes = mergeLists(spec.volumes, presets, 'volumes', 'name', (name) => conflicts.push(`volume ${name}`));
  const into = (container: Unchecked<Container>) => inContainer(container, presets, (what) => conflicts.push(what));
  const initContainers = spec.initContainers?.map(into);
  const containers = spec.containers?.map(into);
  if (conflicts.length > 0) {
    const what = formatList([...new Set(conflicts)]);
    return {
      pod,
      notes: [`no PodPreset is applied (${names.join(', ')}), because the pod already has another ${what}`],
    };
  }
  const annotations = Object.fromEntries(
    presets.map((preset) => [`${PREFIX}/podpreset-${nameOf(preset)}`, preset.metadata?.resourceVersion ?? '0']),
  );
  return {
    pod: {
      ...pod,
      metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } },
      spec: {
        ...spec,
        ...(volumes.length > 0 && { volumes }),
        ...(initContainers && { initContainers }),
        ...(containers && { containers }),
      },
    },
    notes: names.map((name) => `PodPreset ${name} is applied, like in Kubernetes before 1.20`),
  };
}

function presetIn({ value }: SourceDocument): PodPreset[] {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'PodPreset') return [];
  return [decode(value, podPresetSchema(), FieldPath.ROOT).value as PodPreset];
}

function chooses({ metadata: { namespace } = {}, spec }: PodPreset, pod: Unchecked<ObjectMeta>): boolean {
  return (
    isBeside(namespace === undefined ? {} : { namespace }, { namespace: pod.namespace ?? 'default' }) &&
    matchesSelector(spec?.selector ?? {}, pod.labels ?? {})
  );
}

function nameOf({ metadata }: PodPreset): string {
  return metadata?.name ?? '';
}

function inContainer(
  container: Unchecked<Container>,
  presets: readonly PodPreset[],
  conflict: (what: string) => void,
): Unchecked<Container> {
  const of = `of container ${container.name}`;
  const env = mergeLists(container.env, presets, 'env', 'name', (name) => conflict(`env ${name} ${of}`));
  const mounts = mergeLists(container.volumeMounts, presets, 'volumeMounts', 'name', (name) =>
    conflict(`mount of ${name} ${of}`),
  );
  mergeLists(container.volumeMounts, presets, 'volumeMounts', 'mountPath', (path) =>
    conflict(`mount at ${path} ${of}`),
  );
  const envFrom = [...(container.envFrom ?? []), ...presets.flatMap(({ spec }) => spec?.envFrom ?? [])];
  return {
    ...container,
    ...(env.length > 0 && { env }),
    ...(envFrom.length > 0 && { envFrom }),
    ...(mounts.length > 0 && { volumeMounts: mounts }),
  };
}

type Keyed = { readonly [Key in 'name' | 'mountPath']?: string | undefined };

/**
 * Returns the items of the pod and of the presets; the same item twice is one, two items by one name are a conflict.
 */
function mergeLists<List extends 'env' | 'volumes' | 'volumeMounts'>(
  own: NonNullable<PodPreset['spec']>[List],
  presets: readonly PodPreset[],
  list: List,
  key: keyof Keyed,
  conflict: (name: string) => void,
) {
  type Item = NonNullable<NonNullable<PodPreset['spec']>[List]>[number] & Keyed;
  const all = [...((own ?? []) as readonly Item[])];
  const known = new Map(all.map((item) => [item[key], item]));
  for (const item of presets.flatMap(({ spec }) => (spec?.[list] ?? []) as readonly Item[])) {
    const found = known.get(item[key]);
    if (found === undefined) {
      known.set(item[key], item);
      all.push(item);
    } else if (!isDeepStrictEqual(found, item)) conflict(item[key] ?? '');
  }
  return all;
}
