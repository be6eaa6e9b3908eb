import path from 'node:path/posix';
import type { Container } from '../../../manifest/model';

/**
 * Where in a volume others are mounted, in any container: it needs directories there, for what is made of configuration
 * cannot be written to once it is mounted. Not where one of these has the next within it.
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
