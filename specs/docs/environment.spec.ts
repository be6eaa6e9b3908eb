import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { allPages, page, ROOT } from './pages';

// Two leading underscores mark a variable as internal: one process of ours sets it for another.
const PUBLIC = /(?<!_)\bJEST_KUBELET_[A-Z][A-Z_]*/g;
const INTERNAL = /\b__JEST_KUBELET_[A-Z_]+/;
const TABLE_ROW = /^\| `(?<name>JEST_KUBELET_[A-Z_]+)` \|/gm;

const PAGE = page('docs/environment.md');

/** Returns the public variables of our code under these folders, without those that only a comment names. */
function variablesIn(...folders: readonly string[]): ReadonlySet<string> {
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  return new Set(lines.filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line)).flatMap((line) => line.match(PUBLIC) ?? []));
}

function variablesUnder(heading: string): readonly string[] {
  const [, section = ''] = PAGE.text.split(`## ${heading}\n`);
  const [rows = ''] = section.split('\n## ');
  return [...rows.matchAll(TABLE_ROW)].map(({ groups }) => groups?.name ?? '');
}

describe('docs/environment.md', () => {
  const documented = [...variablesUnder('Variables for your tests'), ...variablesUnder('Variables for contributors')];

  test('lists exactly the variables that the code reads', () => {
    const read = variablesIn('src', 'matchers', 'scripts', 'specs', 'bench', '.ci');
    expect([...read].sort()).toEqual([...documented].sort());
  });

  test('lists exactly the variables of the package under "Variables for your tests"', () => {
    expect([...variablesIn('src', 'matchers')].sort()).toEqual([...variablesUnder('Variables for your tests')].sort());
  });
});

test.each(allPages().map((each) => [each.file, each.text] as const))('%s names only listed variables', (_, text) => {
  const listed = [...PAGE.text.matchAll(TABLE_ROW)].map(({ groups }) => groups?.name);
  expect((text.match(PUBLIC) ?? []).filter((name) => !listed.includes(name))).toEqual([]);
  expect(text).not.toMatch(INTERNAL);
});
