import type { Volume } from '../../../manifest/model';
import { parseQuantity } from '../../../manifest/values/quantity';

const NANOS = 1_000_000_000n;

/** What a volume is on the engine. */
export interface VolumeKind {
  /** Kept in memory, up to so many bytes where that is given. */
  readonly memory: { readonly sizeBytes?: number } | undefined;
  /** Its own directory's permissions. */
  readonly mode: number;
  /** Containers cannot write to it, whatever their mounts say: the kubelet would overwrite what they wrote. */
  readonly readOnly: boolean;
}

/**
 * What stands for a volume; undefined for a path of the engine's host, which is there already. A claim, and any storage
 * that is not here, is a fresh file system: its root belongs to root alone, as on a block device just formatted.
 *
 * Source: pkg/volume/emptydir `setupDir`; configmap, secret, downwardapi, projected `wrappedVolumeSpec`, `GetAttributes`.
 */
export function kindOf({
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
