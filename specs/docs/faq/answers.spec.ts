import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Page, page, ROOT } from '../pages';

const INDEX = page('docs/faq/README.md');

/** An answer of the FAQ: the part of a page from one anchor to the next. */
interface Answer {
  readonly file: string;
  readonly anchor: string;
  readonly text: string;
}

const LINES = String.raw`\S.*(?:\n.+)*`;

/** The answer comes first, then an example, then the explanation with its source. */
const SHAPE = new RegExp(
  [
    '^<a id="[a-z0-9-]+"></a>',
    String.raw`## (?<question>.+\?)`,
    LINES,
    String.raw`\*\*Do this:\*\* ${LINES}`,
    'From \\[`(?<spec>.+)`\\]\\(.+\\):',
    '```ts\n(?<code>[^]+?)\n```',
    LINES,
    String.raw`Sources?:\s\[.+?\]\(https://\S+\)(?:,\s\[.+?\]\(https://\S+\))*\n*$`,
  ].join('\n\n'),
);

/** The pages in the order of the index. */
const PAGES = [...INDEX.text.matchAll(/^## \[.+\]\((.+)\)$/gm)].map(([, name]) => page(`docs/faq/${name}`));
const ANSWERS = PAGES.flatMap(answersOf);

function answersOf({ file, text }: Page): Answer[] {
  const answers = text.split(/^(?=<a id=)/m).slice(1);
  return answers.map((answer) => ({ file, anchor: /id="(.*?)"/.exec(answer)?.[1] ?? '', text: answer }));
}

/** Returns the tests of a spec, without their indentation. */
function testsIn(file: string): string[] {
  const blocks = readFileSync(path.join(ROOT, file), 'utf8').matchAll(/^( *)test(?:\.each)?\([\s\S]*?^\1\}\);$/gm);
  return [...blocks].map(([block, indentation]) => block.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''));
}

describe.each(ANSWERS.map(({ file, anchor, text }) => [`${file}#${anchor}`, text] as const))('%s', (_, text) => {
  test('consists of an answer, an example, an explanation and a source', () => {
    expect(text).toMatch(SHAPE);
  });

  test('quotes a test word for word', () => {
    const { spec = '', code } = SHAPE.exec(text)?.groups ?? {};
    expect(testsIn(spec)).toContain(code);
  });
});

test('the index lists every page and every question, in order', () => {
  const files = readdirSync(path.join(ROOT, 'docs/faq')).map((name) => `docs/faq/${name}`);
  expect([INDEX, ...PAGES].map(({ file }) => file).toSorted()).toEqual(files.toSorted());

  const questions = ANSWERS.map(({ file, anchor, text }) => {
    const { question } = SHAPE.exec(text)?.groups ?? {};
    return `- [${question}](${path.basename(file)}#${anchor})`;
  });
  expect(INDEX.text.match(/^- .+$/gm)).toEqual(questions);
});

test('every heading of a page is a question with its own anchor', () => {
  const headings = PAGES.flatMap(({ text }) => text.match(/^## .+$/gm) ?? []);
  expect(headings).toHaveLength(ANSWERS.length);
  expect(new Set(ANSWERS.map(({ anchor }) => anchor)).size).toBe(ANSWERS.length);
});

test('every link in a failure message leads to an answer in the package', () => {
  const rules = path.join(ROOT, 'src/wording/explanations');
  const links = readdirSync(rules).flatMap((name) => {
    const source = readFileSync(path.join(rules, name), 'utf8');
    return [...source.matchAll(/'([a-z-]+\.md#[a-z0-9-]+)'/g)].map(([, link]) => `docs/faq/${link}`);
  });
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((link) => !ANSWERS.some(({ file, anchor }) => link === `${file}#${anchor}`))).toEqual([]);
  expect(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).files).toContain('docs');
});
