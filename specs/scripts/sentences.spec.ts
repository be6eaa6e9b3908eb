import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const ROOT = path.join(__dirname, '../..');

/** Returns what the file of all sentences lists for a source. The script is an ES module that Jest cannot load. */
function sentencesOf(file: string, source: string): unknown {
  const program = `
    import { sentencesOf } from '${pathToFileURL(path.join(ROOT, 'scripts/sentences/sentencesOf.mjs'))}';
    import { ts } from '${pathToFileURL(path.join(ROOT, 'scripts/typescript.mjs'))}';
    const tree = ts.createSourceFile('source.ts', ${JSON.stringify(source)}, ts.ScriptTarget.Latest, true);
    console.log(JSON.stringify(sentencesOf({ file: ${JSON.stringify(file)}, tree })));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }));
}

describe('sentences.txt', () => {
  test('lists the sentences of the product as they are', () => {
    const program = path.join(ROOT, 'scripts/sentences.mjs');
    expect(execFileSync(process.execPath, [program, '--check'], { encoding: 'utf8' })).toBe('');
  });

  test('has each table of the wording folder', () => {
    const text = readFileSync(path.join(ROOT, 'specs/unit/wording/sentences.txt'), 'utf8');
    expect(text).toContain('# src/wording/facts/reason.ts\nPLAIN.removed: ');
  });
});

describe('sentencesOf', () => {
  test('finds a sentence in an assertion, a matcher or the gate', () => {
    const source = `export const explain = (name: string) => \`the container \${name} was restarted too often\`;`;
    const found = [{ key: 'explain', text: 'the container {name} was restarted too often' }];
    for (const file of ['src/assertions/one.ts', 'matchers/one.ts', 'src/gate/one.ts', 'src/timing/one.ts'])
      expect(sentencesOf(file, source)).toEqual(found);
  });

  test('finds each word in the wording folder', () => {
    const source = `const WORDS = { ready: 'Ready', not: { ready: ({ name }: Fact) => \`\${name} is \${name ? 'not' : 'never'} up\` } };`;
    expect(sentencesOf('src/wording/one.ts', source)).toEqual([
      { key: 'WORDS.ready', text: 'Ready' },
      { key: 'WORDS.not.ready', text: "{name} is {name ? 'not' : 'never'} up" },
    ]);
  });

  test('leaves out names, types and keys', () => {
    const source =
      "import a from 'a b c d'; type T = 'one two three four'; const t = { 'one two three': 1 }; t['one two three'];";
    expect(sentencesOf('src/gate/one.ts', source)).toEqual([]);
  });
});
