import path from 'node:path';
import { fingerprint, stampAt } from '../fingerprint.mjs';
import { ROOT } from '../root.mjs';
import { declareTypes } from './declareTypes.mjs';

const SOURCES = ['src', 'matchers', 'scripts/build', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

const stamp = stampAt(path.join(ROOT, 'dist/.sources'));

/** Returns true if `dist` was built from the current sources. It takes a few milliseconds. */
export const isBuilt = () => stamp.says(fingerprint(ROOT, SOURCES));

/** Builds `dist`, bundles and type declarations, unless it is built already. */
export async function build() {
  const sources = fingerprint(ROOT, SOURCES);
  if (stamp.says(sources)) return;
  const { bundle } = await import('./bundle.mjs');
  await Promise.all([bundle(ROOT), declareTypes(ROOT)]);
  stamp.write(sources);
}
