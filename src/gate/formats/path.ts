import path from 'node:path';
import { isFileName } from '../../manifest/source/isFileName';

/** Returns the path of a file relative to a folder, or its absolute path if it is outside; undefined for a source without a file, such as `<stdin>`. */
export function pathFrom(folder: string, file: string): string | undefined {
  if (!isFileName(file)) return undefined;
  const whole = path.resolve(file);
  const from = path.relative(folder, whole);
  return (from.startsWith('..') ? whole : from).split(path.sep).join('/');
}
