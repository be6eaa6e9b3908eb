import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = path.join(__dirname, '../../..');
const FOLDER = path.join(ROOT, 'docs/beliefs');
const INDEX = 'README.md';

const read = (...names: string[]) => readFileSync(path.join(...names), 'utf8');
const pages = readdirSync(FOLDER).filter((name) => name !== INDEX);
const titleOf = (page: string) => /^# (.+)$/m.exec(page)?.[1] ?? '';

/** Without what every line is indented by. */
function dedented(text: string): string {
  const [indentation = ''] = /^ */.exec(text) ?? [];
  return text.replaceAll(new RegExp(`^${indentation}`, 'gm'), '');
}

/** The tests of a spec, each as it would stand at the margin. */
function testsIn(file: string): string[] {
  const blocks = read(ROOT, file).matchAll(/^( *)test(?:\.each)?\([\s\S]*?^\1\}\);$/gm);
  return [...blocks].map(([block]) => dedented(block));
}

describe.each(pages)('docs/beliefs/%s', (name) => {
  const page = read(FOLDER, name);

  test('asks what people ask, and answers', () => {
    expect(titleOf(page)).toMatch(/\?$/);
    expect(page.match(/^## .+$/gm)).toEqual([
      '## What the kubelet does',
      '## What to do',
      '## The spec that shows it',
      '## Sources',
    ]);
  });

  test('quotes a spec that there is, word for word', () => {
    const [, file = ''] = /^From \[`(.+)`\]/m.exec(page) ?? [];
    const [, code = ''] = /^```ts\n([\s\S]+?)\n```$/m.exec(page) ?? [];
    expect(testsIn(file)).toContain(code);
  });

  test('has a source', () => {
    expect(page.slice(page.indexOf('## Sources'))).toMatch(/^- \[.+\]\(https:\/\/.+\)$/m);
  });

  test('leads to pages that there are', () => {
    const links = [...page.matchAll(/\]\(([a-z0-9-]+\.md)\)/g)].map(([, link]) => link);
    expect(links.filter((link) => !pages.includes(link ?? ''))).toEqual([]);
  });
});

test('the index names every page by its question, and no other', () => {
  const listed = [...read(FOLDER, INDEX).matchAll(/^- \[(.+?)\]\((.+?)\) \S/gm)].map(
    ([, title, name]) => `${name} ${title}`,
  );
  expect(listed.toSorted()).toEqual(pages.map((name) => `${name} ${titleOf(read(FOLDER, name))}`).toSorted());
});

test('what a failure message points at is there, and comes with the package', () => {
  const rules = path.join(ROOT, 'src/report/incident/explain');
  const named = readdirSync(rules).flatMap((name) =>
    [...read(rules, name).matchAll(/(?:page(?: =|:)[^';]*?|\? |'? : )'([a-z0-9-]+)'/g)].map(([, page]) => `${page}.md`),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !pages.includes(name))).toEqual([]);
  expect(JSON.parse(read(ROOT, 'package.json'))).toMatchObject({ files: expect.arrayContaining(['docs']) });
});
