import path from 'node:path';

/** Returns the folders with the number of source files directly in them, the largest first. */
export function findLargestFolders(sources) {
  const folders = Map.groupBy(sources, ({ file }) => path.posix.dirname(file));
  return [...folders].map(([folder, { length }]) => ({ folder, files: length })).sort((a, b) => b.files - a.files);
}
