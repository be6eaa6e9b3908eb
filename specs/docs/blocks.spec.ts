import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { allPages, blocksIn, leadsSomewhere, linksOf, page, ROOT } from './pages';
import { sourceOf } from './quoted';

// The code and output on a page are in a file under specs or examples, word for word. They are compiled, run or asserted
// there.

const QUOTED = ['ts', 'js', 'json', 'yaml', 'text'];
// A spec runs these instead (shell.spec.ts), or they belong to another program.
const OTHERS = ['sh', 'toml', 'go', 'svg'];

// Specs that read the blocks from the page, and run them or compare them with real output.
const FROM_THE_PAGE: Readonly<Record<string, string>> = {
  'README.md text': 'specs/docs/readme/readme.spec.ts',
  'docs/api.md ts': 'scripts/api.mjs',
  'docs/ci.md yaml': 'specs/engine/gateCommand.spec.ts',
  'docs/first-spec.md js': 'specs/engine/readme.more.spec.ts',
  'docs/first-spec.md text': 'specs/engine/readme.more.spec.ts',
  'docs/first-spec.md yaml': 'specs/engine/readme.more.spec.ts',
  'docs/fidelity.md text': 'specs/fidelity/conformance/conformance.spec.ts',
  'docs/gate.md text': 'specs/unit/gate/formats/formats.spec.ts',
  'docs/gate.md yaml': 'specs/engine/gateCommand.spec.ts',
  'docs/jest-and-vitest.md js': 'specs/package/runners/vitest.spec.ts',
  'docs/lint.md text': 'specs/docs/shell.spec.ts',
  'docs/lint.md yaml': 'specs/docs/tables/lint.spec.ts',
  'docs/matchers.md text': 'specs/docs/tables/matchers.spec.ts',
  'docs/hooks-and-shutdown.md text': 'specs/docs/pages/hooksAndShutdown.spec.ts',
  'docs/messages.md text': 'specs/engine/messages.spec.ts',
  'docs/probes.md text': 'specs/docs/pages/probes.spec.ts',
  'docs/reading.md text': 'specs/docs/tables/reading.spec.ts',
  'docs/simulate.md text': 'specs/docs/pages/simulate.spec.ts',
  'docs/reporter.md ts': 'specs/package/runners/reporter.spec.ts',
  'docs/reporter.md js': 'specs/package/runners/reporter.spec.ts',
};

const PAGES = allPages();

describe.each(PAGES.map((each) => [each.file, each] as const))('%s', (_, each) => {
  test('shows only code and output of a spec or an example', () => {
    const shown = each.blocks.filter(
      ({ language }) => QUOTED.includes(language) && !(`${each.file} ${language}` in FROM_THE_PAGE),
    );
    const strangers = shown.filter(({ code }) => sourceOf(code) === undefined);
    expect(strangers.map(({ line, code }) => `${each.file}:${line}\n${code}`)).toEqual([]);
  });

  test('names the language of each block', () => {
    const unknown = each.blocks.filter(({ language }) => ![...QUOTED, ...OTHERS].includes(language));
    expect(unknown.map(({ line, language }) => `${each.file}:${line} ${language}`)).toEqual([]);
    expect(each.text.match(/^```/gm) ?? []).toHaveLength(2 * each.blocks.length);
  });

  test('links only to existing pages, files and anchors', () => {
    const links = linksOf(each).filter((link) => !/^[a-z]+:/.test(link));
    expect(links.filter((link) => !leadsSomewhere(each.file, link))).toEqual([]);
  });

  test('shows messages whose docs links lead to an existing anchor', () => {
    const shown = each.blocks.flatMap(({ code }) => [...code.matchAll(/\bjest-kubelet\/(docs\/[\w/.#-]+)/g)]);
    const links = shown.map(([, link = '']) => link);
    expect(links.filter((link) => !leadsSomewhere('README.md', link))).toEqual([]);
  });
});

test('every page is linked from an index', () => {
  const indexes = PAGES.filter(({ file }) => file.endsWith('/README.md') || file === 'README.md');
  const named = indexes.flatMap((index) =>
    linksOf(index).map((link) => path.join(path.dirname(index.file), link.replace(/#.*$/, ''))),
  );
  expect(PAGES.map(({ file }) => file).filter((file) => file !== 'README.md' && !named.includes(file))).toEqual([]);
});

test.each(Object.entries(FROM_THE_PAGE))('the block %s is read by the spec %s', (name, spec) => {
  const [file = '', language = ''] = name.split(' ');
  expect(blocksIn(page(file), language)).not.toEqual([]);
  expect(readFileSync(path.join(ROOT, spec), 'utf8')).toContain(path.basename(file));
});
