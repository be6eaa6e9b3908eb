import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import PACKAGE from '../../../package.json';
import PUBLIC from '../../../scripts/house/publicAPI.json';

const INDEX = readFileSync(path.join(__dirname, '../../../src/index.ts'), 'utf8');

/** Returns the exported names of the package, values and types. */
function listExports(): string[] {
  const lists = [...INDEX.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].map(([, names = '']) => names);
  const names = lists.flatMap((list) => list.split(',')).map((name) => name.trim().replace(/^type /, ''));
  const namespaces = [...INDEX.matchAll(/^export \* as (\w+)/gm)].map(([, name = '']) => name);
  return [...names, ...namespaces].filter((name) => name !== '');
}

// A new name needs a reason in publicAPI.json.
test('exports exactly the names that have a reason in the list', () => {
  expect(listExports().toSorted()).toEqual(Object.keys(PUBLIC.exports).toSorted());
});

test('exports every name in a form that the list can be compared with', () => {
  const statements = INDEX.match(/^export /gm) ?? [];
  const known = INDEX.match(/^export (?:(?:type )?\{|\* as \w+)/gm) ?? [];
  expect(statements).toHaveLength(known.length);
});

test('has exactly the entry points that have a reason in the list', () => {
  expect(Object.keys(PACKAGE.exports).toSorted()).toEqual(Object.keys(PUBLIC.entries).toSorted());
});

test('documents the exports under at most 50 headings', () => {
  const page = readFileSync(path.join(__dirname, '../../../docs/api.md'), 'utf8');
  const headings = [...page.matchAll(/^#{1,6} `?(\w+)/gm)].map(([, name]) => name);
  expect(headings.length).toBeLessThanOrEqual(50);
  expect(headings).toEqual(expect.arrayContaining(Object.keys(PUBLIC.exports)));
});
