import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = path.join(__dirname, '../../..');

/** The folders of specs in the table of CONTRIBUTING.md. */
const listed = [...readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8').matchAll(/^\| `specs\/(\w+)` \|/gm)].map(
  ([, name]) => name,
);

const children = readdirSync(path.join(ROOT, 'specs'), { withFileTypes: true });

test('has exactly the spec folders that CONTRIBUTING.md lists', () => {
  const folders = children.filter((child) => child.isDirectory()).map(({ name }) => name);
  expect(folders.toSorted()).toEqual(listed.toSorted());
});

test('has each spec in one of these folders', () => {
  expect(children.map(({ name }) => name).filter((name) => name.endsWith('.spec.ts'))).toEqual([]);
});
