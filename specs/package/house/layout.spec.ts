import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = path.join(__dirname, '../../..');

/** The folders of specs that the table in CONTRIBUTING.md has a row for. */
const listed = [...readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8').matchAll(/^\| `specs\/(\w+)` \|/gm)].map(
  ([, name]) => name,
);

const children = readdirSync(path.join(ROOT, 'specs'), { withFileTypes: true });

test('has the folders of specs that CONTRIBUTING.md lists, and no other', () => {
  const folders = children.filter((child) => child.isDirectory()).map(({ name }) => name);
  expect(folders.toSorted()).toEqual(listed.toSorted());
});

test('has each spec in one of these folders', () => {
  expect(children.map(({ name }) => name).filter((name) => name.endsWith('.spec.ts'))).toEqual([]);
});
