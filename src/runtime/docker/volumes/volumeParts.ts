import type { Container } from '../../../manifest/model';
import { expandSubPath } from './subPath';

type Env = Readonly<Record<string, string>>;

/** The mounts of a volume: as a whole, in parts that do not overlap, or overlapping. */
export type VolumeUse =
  | { readonly kind: 'whole' }
  | { readonly kind: 'parts'; readonly paths: readonly string[] }
  | { readonly kind: 'overlapping'; readonly container: string; readonly path: string };

/**
 * Returns how the containers of a pod mount a volume. A part that is unknown before its container is created is left
 * out, because it depends on the pod's IP or is an error.
 */
export function findVolumeUse(
  volume: string,
  containers: readonly Container[],
  envOf: (container: Container) => Env,
): VolumeUse {
  const parts = new Map<string, string>();
  let isWhole = false;
  for (const container of containers) {
    for (const mount of container.volumeMounts ?? []) {
      if (mount.name !== volume) continue;
      const path = pathIn(() => expandSubPath(mount, envOf(container)));
      if (path) parts.set(path, container.name);
      else if (path === undefined) isWhole = true;
    }
  }
  const paths = [...parts.keys()];
  if (paths.length === 0) return { kind: 'whole' };
  const inner = isWhole ? paths[0] : paths.find((path) => paths.some((other) => path.startsWith(`${other}/`)));
  if (inner === undefined) return { kind: 'parts', paths };
  return { kind: 'overlapping', container: parts.get(inner) ?? '', path: inner };
}

/** Returns undefined for the whole volume, or an empty text if the path is unknown. */
function pathIn(find: () => string | undefined): string | undefined {
  try {
    return find();
  } catch {
    return '';
  }
}
