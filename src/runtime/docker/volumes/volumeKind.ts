import type { Volume } from '../../../manifest/model';
import { parseQuantity } from '../../../manifest/values/quantity';

const NANOS = 1_000_000_000n;

/** Properties of a volume on the engine. */
export interface VolumeKind {
  /** Set if the volume is kept in memory, with its size limit if it has one. */
  readonly memory: { readonly sizeBytes?: number } | undefined;
  /** The permissions of its own directory. */
  readonly mode: number;
  /** True if containers cannot write to it, whatever their mounts say: the kubelet would overwrite their files. */
  readonly readOnly: boolean;
}

/**
 * Returns the properties of a volume, or undefined for a path of the engine's host, which exists already. A claim, and
 * any other storage that is not here, is a new file system whose root belongs only to root, as on a newly formatted
 * block device.
 *
 * Source: pkg/volume/emptydir `setupDir`; configmap, secret, downwardapi, projected `wrappedVolumeSpec`,
 * `GetAttributes`.
 */
export function describeVolumeKind({
  configMap,
  downwardAPI,
  emptyDir,
  hostPath,
  persistentVolumeClaim,
  projected,
  secret,
}: Volume): VolumeKind | undefined {
  if (hostPath) return undefined;
  if (emptyDir) {
    if (emptyDir.medium !== 'Memory') return { memory: undefined, mode: 0o777, readOnly: false };
    return { memory: sizeOf(emptyDir.sizeLimit), mode: 0o1777, readOnly: false };
  }
  if (configMap) return { memory: undefined, mode: 0o777, readOnly: true };
  if (secret || downwardAPI || projected) return { memory: {}, mode: 0o1777, readOnly: true };
  return { memory: undefined, mode: 0o755, readOnly: persistentVolumeClaim?.readOnly === true };
}

function sizeOf(sizeLimit: string | undefined): { readonly sizeBytes?: number } {
  const quantity = sizeLimit === undefined ? undefined : parseQuantity(sizeLimit);
  const sizeBytes = Number((quantity?.nanos ?? 0n) / NANOS);
  return sizeBytes > 0 ? { sizeBytes } : {};
}
