import path from 'node:path';

/** Where a file is from a folder on, as reports write paths; undefined for what is no file, such as `<stdin>`. */
export function pathFrom(folder: string, file: string): string | undefined {
  if (/^<.*>$|^(helm template|kustomize build) /.test(file)) return undefined;
  return path.relative(folder, path.resolve(file)).split(path.sep).join('/');
}
