import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { page, ROOT } from './pages';

interface Promised {
  readonly promise: string;
  readonly specs: readonly { readonly file: string; readonly titles: readonly string[] }[];
}

/** A file, and the titles after it: `specs/a.spec.ts` "one", "other". */
const SPEC = /`(?<file>specs\/[^`]+)`(?<titles>(?:,? "[^"]+")*)/g;

function promisesIn(text: string): readonly Promised[] {
  const tables = text.split('| Promise | Spec |\n|---|---|\n').slice(1);
  const rows = tables.flatMap((table) => table.split('\n\n')[0]?.trim().split('\n') ?? []);
  return rows.map((row) => {
    const [, promise = '', specs = ''] = /^\| (.*) \| ((?:`specs\/).*) \|$/.exec(row) ?? [undefined, row];
    return { promise, specs: [...specs.matchAll(SPEC)].map(specOf) };
  });
}

function specOf({ groups }: RegExpMatchArray) {
  const titles = [...(groups?.titles ?? '').matchAll(/"([^"]+)"/g)].map(([, title = '']) => title);
  return { file: groups?.file ?? '', titles };
}

describe('SECURITY.md', () => {
  const promises = promisesIn(page('SECURITY.md').text);

  test('lists its promises in three tables', () => {
    expect(promises.length).toBeGreaterThan(20);
  });

  test.each(promises)('names existing specs and tests for: $promise', ({ specs }) => {
    expect(specs).not.toEqual([]);
    for (const { file, titles } of specs) {
      expect([file, existsSync(path.join(ROOT, file))]).toEqual([file, true]);
      expect([file, titles]).not.toEqual([file, []]);
      const text = readFileSync(path.join(ROOT, file), 'utf8');
      const missing = titles.filter((title) => !["'", '"', '`'].some((quote) => text.includes(quote + title + quote)));
      expect([file, missing]).toEqual([file, []]);
    }
  });
});
