import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Returns the size and the last change of every file and folder in a folder. */
export function snapshotOf(folder: string): ReadonlyMap<string, readonly number[]> {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })];
  return new Map(
    names.toSorted().map((name) => {
      const { size, mtimeMs } = statSync(path.join(folder, name));
      return [name, [size, mtimeMs]];
    }),
  );
}
