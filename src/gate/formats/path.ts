import path from 'node:path';
import { isFileName } from '../../manifest/source/isFileName';

/** Where a file is from a folder on, as reports write paths, or its whole path where it is outside; undefined for what is no file, such as `<stdin>`. */
export function pathFrom(folder: string, file: string): string | undefined {
  if (!isFileName(file)) return undefined;
  const whole = path.resolve(file);
  const from = path.relative(folder, whole);
  return (from.startsWith('..') ? whole : from).split(path.sep).join('/');
}
