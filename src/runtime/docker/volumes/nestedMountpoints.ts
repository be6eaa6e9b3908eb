import path from 'node:path/posix';
import type { Container } from '../../../manifest/model';

/**
 * Returns the paths in a volume at which other volumes are mounted in any container, without paths below another of
 * them. The volume needs directories there, because a volume made from configuration is not writable once it is
 * mounted.
 *
 * Source: pkg/volume/util/nested_volumes.go `getNestedMountpoints`.
 */
export function nestedMountpoints(volume: string, containers: readonly Container[]): string[] {
  const nested = new Set<string>();
  for (const { volumeMounts = [] } of containers) {
    const places = volumeMounts.map(({ mountPath }) => path.join('/', mountPath)).sort();
    for (const { name, mountPath } of volumeMounts) {
      if (name !== volume) continue;
      let previous: string | undefined;
      for (const place of places) {
        const within = path.relative(path.join('/', mountPath), place);
        if (within === '' || within.startsWith('..')) continue;
        if (previous !== undefined && within.startsWith(`${previous}/`)) continue;
        nested.add(within);
        previous = within;
      }
    }
  }
  return [...nested];
}
