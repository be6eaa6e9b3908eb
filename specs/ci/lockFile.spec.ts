import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const FILE = path.join(__dirname, '../../package-lock.json');
const { packages } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly packages: Readonly<Record<string, Locked>> };

/** True if a package finds another one in its own node_modules, or in one of the folders above it. */
function isLocked(name: string, from: string): boolean {
  if (`${from}${from && '/'}node_modules/${name}` in packages) return true;
  return from !== '' && isLocked(name, from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)));
}

test('package-lock.json has the native packages of every platform', () => {
  const absent = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(name, from)),
  );
  expect(absent).toEqual([]);
});
