import type { Container, ObjectFieldSelector, Pod, ResourceFieldSelector } from '../model';
import { parseQuantity } from '../values/quantity';
import type { ConfigKind } from './config';

/** Values of a pod that are known only once it is on a node. */
export interface OnNode {
  readonly nodeName: string;
  readonly hostIP: string;
  readonly podIP: string;
  /** Resources that the node has for pods: a container without a limit may use all of them. */
  readonly allocatable: Readonly<Record<'cpu' | 'memory', string>>;
}

export type Resolved<T> = { readonly value: T } | Unresolved;

/** Why a value cannot be resolved, in the kubelet's words. */
export interface Unresolved {
  readonly error: string;
  /** The kind of the object that does not exist or lacks a key; absent if the error is another one. */
  readonly missing?: ConfigKind;
}

const SUBSCRIPTED = /^(.+)\['(.*)'\]$/s;
const RESOURCE = /^(limits|requests)\.(.+)$/;
const UNIT_NANOS = 1_000_000_000n;
const MILLI_NANOS = 1_000_000n;

/**
 * Returns the value of a pod's own field.
 *
 * Source: kubelet_pods.go `podFieldSelectorRuntimeValue`; fieldpath.go `ExtractFieldPathAsString`.
 */
export function fieldValue({ fieldPath }: ObjectFieldSelector, pod: Pod, node: OnNode): Resolved<string> {
  const { metadata, spec } = pod;
  const [, map, key = ''] = SUBSCRIPTED.exec(fieldPath) ?? [];
  if (map === 'metadata.labels') return { value: metadata.labels?.[key] ?? '' };
  if (map === 'metadata.annotations') return { value: metadata.annotations?.[key] ?? '' };
  switch (fieldPath) {
    case 'metadata.name':
      return { value: metadata.name };
    case 'metadata.namespace':
      return { value: metadata.namespace };
    case 'metadata.uid':
      return { value: metadata.uid };
    case 'metadata.labels':
      return { value: formatMap(metadata.labels) };
    case 'metadata.annotations':
      return { value: formatMap(metadata.annotations) };
    case 'spec.nodeName':
      return { value: spec.nodeName ?? node.nodeName };
    case 'spec.serviceAccountName':
      return { value: spec.serviceAccountName ?? 'default' };
    case 'status.hostIP':
    case 'status.hostIPs':
      return { value: node.hostIP };
    case 'status.podIP':
    case 'status.podIPs':
      return { value: node.podIP };
    default:
      return { error: `unsupported fieldPath: ${fieldPath}` };
  }
}

/**
 * Returns the limit or request of a container, in units of the divisor and rounded up.
 *
 * Source: pkg/api/v1/resource/helpers.go `ExtractContainerResourceValue`; kubelet_resources.go
 * `defaultPodLimitsForDownwardAPI`.
 */
export function resourceValue(
  { containerName, resource, divisor }: ResourceFieldSelector,
  pod: Pod,
  own: Container | undefined,
  node: OnNode,
): Resolved<string> {
  const { initContainers, containers } = pod.spec;
  const container = containerName ? [...containers, ...initContainers].find(({ name }) => name === containerName) : own;
  if (!container) return { error: `container ${containerName ?? ''} not found` };
  const [, list, name = ''] = RESOURCE.exec(resource) ?? [];
  if (list === undefined || !isExposed(name)) return { error: `unsupported container resource : ${resource}` };
  const { limits = {}, requests = {} } = container.resources ?? {};
  const standIn = name === 'cpu' || name === 'memory' ? node.allocatable[name] : '0';
  const written = list === 'limits' ? (limits[name] ?? standIn) : (requests[name] ?? '0');
  // Processors are counted in thousandths, everything else in whole units.
  const grain = name === 'cpu' ? MILLI_NANOS : UNIT_NANOS;
  const unit = grains(divisor, grain) || grains('1', grain);
  return { value: String(divideUp(grains(written, grain), unit)) };
}

function isExposed(name: string): boolean {
  return ['cpu', 'memory', 'ephemeral-storage'].includes(name) || name.startsWith('hugepages-');
}

function grains(written: string | undefined, grain: bigint): bigint {
  return divideUp(parseQuantity(written ?? '0')?.nanos ?? 0n, grain);
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

/** Returns the entries by key, a line `key="value"` each. Source: fieldpath.go `FormatMap`. */
function formatMap(map: Readonly<Record<string, string>> = {}): string {
  return Object.entries(map)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n');
}
