import { describe, expect, test } from '@jest/globals';
import { lint } from '../../../src/lint/lint';
import { FINDING_CODES } from '../../../src/lint/rules';
import { blocksOf, page } from '../pages';

const PAGE = page('docs/lint.md').text;
const SECTIONS = PAGE.split(/^## /m).slice(1);

function codesIn(manifest: string | undefined): string[] {
  const { problems, findings } = lint(manifest ?? '');
  expect(problems).toEqual([]);
  return [...new Set(findings.map(({ code }) => code))];
}

test('docs/lint.md has a section for every code, in order', () => {
  expect(SECTIONS.map((section) => /^`(.+)`$/m.exec(section)?.[1])).toEqual(FINDING_CODES);
});

describe.each(SECTIONS.map((section) => [section.split('\n')[0], section]))('%s', (_, section = '') => {
  const [bad, good, ...more] = blocksOf(section).map(({ code }) => code);
  const code = /^`(.+)`$/m.exec(section)?.[1];

  test('reports only this finding in the bad manifest', () => {
    expect(codesIn(bad)).toEqual([code]);
  });

  test('reports no finding in the good manifest', () => {
    expect(codesIn(good)).toEqual([]);
    expect(more).toEqual([]);
  });
});
