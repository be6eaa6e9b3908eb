import { applyDefaults, type WrittenPod } from '../../../../src/manifest/admission/defaults';
import type { Pod, PodSpec } from '../../../../src/manifest/model';
import { decode } from '../../../../src/manifest/schema/decode';
import { schemaOf } from '../../../../src/manifest/schema/schema';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';
import type { Words } from '../subjects/words';

/**
 * Lists that are merged item by item, and the field that tells the items apart. The others are replaced.
 *
 * Source: `patchMergeKey` in k8s.io/api/core/v1/types.go, of lists whose `patchStrategy` is merge.
 */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  env: 'name',
  ephemeralContainers: 'name',
  evictionResponders: 'name',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  ports: 'containerPort',
  resourceClaims: 'name',
  schedulingGates: 'name',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
  volumes: 'name',
};

/**
 * Merges a change into a pod's spec as a strategic merge patch does, and takes the result as the API server does: null
 * removes a field, an unknown field is an error, and defaults are filled in.
 */
export function patchedSpec(pod: Pod, change: Words): PodSpec {
  const spec = mergedMap(pod.spec as unknown as Words, change);
  const { value, errors } = decode({ spec }, schemaOf('Pod'), FieldPath.of('patchSpec'));
  const [error] = errors;
  if (error) throw new Error(`${error.path}: ${error.detail}`);
  return applyDefaults({ ...(value as WrittenPod), metadata: pod.metadata }).spec;
}

function mergedMap(old: Words, change: Words): Words {
  const merged = { ...old };
  for (const [name, value] of Object.entries(change)) merged[name] = mergedField(name, old[name], value);
  return merged;
}

function mergedField(name: string, old: unknown, value: unknown): unknown {
  const key = MERGE_KEYS[name];
  if (Array.isArray(value)) return key !== undefined && Array.isArray(old) ? mergedList(old, value, key) : value;
  return isMap(value) && isMap(old) ? mergedMap(old, value) : value;
}

function mergedList(old: readonly unknown[], change: readonly unknown[], key: string): readonly unknown[] {
  const keyOf = (item: unknown) => (isMap(item) ? item[key] : item);
  const found = (item: unknown) => change.find((each) => keyOf(each) === keyOf(item));
  const kept = old.map((item) => {
    const own = found(item);
    return isMap(item) && isMap(own) ? mergedMap(item, own) : item;
  });
  const added = change.filter((item) => old.every((each) => keyOf(each) !== keyOf(item)));
  return [...kept, ...added];
}

function isMap(value: unknown): value is Words {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
