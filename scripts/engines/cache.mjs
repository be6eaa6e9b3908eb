import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Returns the place of a large artifact, outside the checkout. Its folder exists, the artifact perhaps not. */
export function cachePath(name) {
  const folder = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'jest-kubelet');
  mkdirSync(folder, { recursive: true });
  return path.join(folder, name);
}
