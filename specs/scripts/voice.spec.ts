import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const SCRIPTS = path.join(__dirname, '../../scripts/voice');

/** Evaluates an expression on the exports of a script, which is an ES module that Jest cannot load. */
function evaluate(file: string, expression: string): unknown {
  const url = pathToFileURL(path.join(SCRIPTS, file));
  const program = `import * as it from '${url}'; console.log(JSON.stringify(${expression}))`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }));
}

const call = (file: string, name: string, ...args: readonly unknown[]) =>
  evaluate(file, `it.${name}(...${JSON.stringify(args)})`);

interface Rule {
  readonly id: string;
  readonly kinds: readonly string[];
  readonly of?: readonly string[];
  readonly before: string;
  readonly after: string;
}

interface Hit {
  readonly rule: Pick<Rule, 'id'>;
}

const RULES = evaluate('rules/rules.mjs', 'it.RULES') as readonly Rule[];

describe('RULES', () => {
  const texts = RULES.flatMap(({ kinds: [kind], of, before, after }) =>
    [before, after].map((text) => ({ kind, of: of?.[0], text })),
  );
  const hits = evaluate('rules/rules.mjs', `${JSON.stringify(texts)}.map(it.findHits)`) as readonly (readonly Hit[])[];
  const ids = hits.map((found) => found.map(({ rule }) => rule.id));

  test('have unique ids', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });

  test.each(RULES.map(({ id }, index) => [id, index] as const))(
    '%s fails on its example and passes on the rewrite',
    (id, index) => {
      expect(ids[2 * index]).toContain(id);
      expect(ids[2 * index + 1]).not.toContain(id);
    },
  );
});

interface FileCase {
  readonly title: string;
  readonly file: string;
  readonly content: string;
  readonly hits: readonly string[];
}

const STRING = "const text = 'killed for want of memory';\n";

const FILES: readonly FileCase[] = [
  {
    title: 'reads strings and templates of the package',
    file: 'src/gate/made.ts',
    content: `const first = \`\${x} is no duration\`;\n${STRING}`,
    hits: ['1 is-no: is no duration', '2 want-of: for want of'],
  },
  { title: 'reads no strings of scripts', file: 'scripts/made.mjs', content: STRING, hits: [] },
  { title: 'leaves the folders of upstream words alone', file: 'src/kubelet/made.ts', content: STRING, hits: [] },
  {
    title: 'leaves upstream words alone by a comment',
    file: 'src/gate/made.ts',
    content: `// voice-ignore: upstream\n${STRING}`,
    hits: [],
  },
  {
    title: 'ignores the rules that a comment lists',
    file: 'src/gate/made.ts',
    content: `// voice-ignore: is-no, want-of\n${STRING}`,
    hits: [],
  },
  {
    title: 'ignores no other rule',
    file: 'src/gate/made.ts',
    content: `// voice-ignore: is-no\n${STRING}`,
    hits: ['2 want-of: for want of'],
  },
  {
    title: 'reads a docstring across its lines, up to its source',
    file: 'src/gate/made.ts',
    content: '/**\n * Waits until it was\n * told. Source: x.go `of`, which is told.\n */\nexport const x = 1;\n',
    hits: ['2 is-told: was told'],
  },
  {
    title: 'reads lines of comments below each other as one',
    file: 'bench/made.mts',
    content: '// It hangs for\n// ever.\n',
    hits: ['1 for-ever: for ever'],
  },
  {
    title: 'tells comments from strings and expressions that look like them',
    file: 'bench/made.mts',
    content: "const a = 'x // for ever';\nconst b = /\\/\\* for ever/;\nconst c = 'x'; // for ever\n",
    hits: ['3 for-ever: for ever'],
  },
  {
    title: 'expects a verb in the docstring of a function, and "True if" in that of a flag',
    file: 'src/gate/made.ts',
    content: [
      '/** The pod of a manifest. */\nexport function read(): void {}',
      '/** Returns the pod. */\nexport const load = () => 1;',
      '/** Result of a run. */\nexport interface Run {\n  /** The pod is Ready. */\n  readonly isReady: boolean;\n}',
    ].join('\n'),
    hits: ['1 docstring-function: The pod of a', '7 docstring-flag: The'],
  },
  {
    title: 'reads titles of specs, with their tables',
    file: 'specs/made.spec.ts',
    content: "test('no pod is left', f);\ntest.each([1])('%s is told', f);\ndescribe('what it does', f);\n",
    hits: ['1 title-start: no', '2 is-told: is told'],
  },
  {
    title: 'reads names of types and functions of the package',
    file: 'src/gate/made.ts',
    content: 'interface WantedEvent {}\nconst listed = () => [];\nfunction whyGone() {}\n',
    hits: ['1 type-prefix: WantedEvent', '2 function-verb: listed', '3 function-question: whyGone'],
  },
  {
    title: 'reads the prose of a page, and no code in it',
    file: 'docs/made.md',
    content: '# What came out\n\nIt is\ntold by `what is told`.\n\n```text\nis told\n```\n\n| a | is told |\n',
    hits: ['1 what-first: What came', '3 is-told: is told', '10 is-told: is told'],
  },
  {
    title: 'accepts a question as the heading of a page',
    file: 'docs/made.md',
    content: '# What restarts a container?\n',
    hits: [],
  },
];

describe('checkFile', () => {
  const found = evaluate(
    'checkFile.mjs',
    `${JSON.stringify(FILES)}.map(({ file, content }) =>
      it.checkFile(file, content).map(({ line, rule, words }) => line + ' ' + rule + ': ' + words))`,
  ) as readonly (readonly string[])[];

  test.each(FILES.map(({ title, hits }, index) => [title, hits, index] as const))('%s', (_title, hits, index) => {
    expect(found[index]).toEqual(hits);
  });
});

const ALLOWED = { 'is-no': { docs: 2, specs: 1 }, 'is-to': { docs: 1 } };

describe('findGrowth', () => {
  test('rejects more hits of a rule than the baseline allows for an area', () => {
    const counts = { 'is-no': { docs: 3, specs: 0, bench: 1 }, 'is-to': { docs: 1 }, anew: { docs: 1 } };
    expect(call('baseline.mjs', 'findGrowth', ALLOWED, counts)).toEqual([
      { rule: 'is-no', area: 'docs', count: 3, allowed: 2 },
      { rule: 'is-no', area: 'bench', count: 1, allowed: 0 },
      { rule: 'anew', area: 'docs', count: 1, allowed: 0 },
    ]);
  });
});

describe('lower', () => {
  const lower = (counts: unknown) => call('baseline.mjs', 'lower', ALLOWED, counts);

  test('lowers each count to the current hits, and drops rules without hits', () => {
    expect(lower({ 'is-no': { docs: 1, specs: 1 } })).toEqual({ 'is-no': { docs: 1, specs: 1 } });
  });

  test('follows text to another area', () => {
    expect(lower({ 'is-no': { bench: 3 } })).toEqual({ 'is-no': { bench: 3 } });
  });

  test('raises neither the total of a rule nor a new rule', () => {
    expect(lower({ 'is-no': { docs: 1, bench: 3 }, anew: { docs: 1 } })).toEqual({ 'is-no': { docs: 1 } });
  });
});

describe('countErrors', () => {
  test('counts only errors, by rule and area', () => {
    const hits = ['docs', 'docs', 'bench'].map((area) => ({ rule: 'is-no', level: 'error', area }));
    const warning = { rule: 'persons', level: 'warning', area: 'docs' };
    expect(call('baseline.mjs', 'countErrors', [...hits, warning])).toEqual({ 'is-no': { bench: 1, docs: 2 } });
  });
});

const SUBJECTS = [
  ['gate: report missed deadlines as not run', []],
  ['release: pass the version', []],
  ['Report missed deadlines', ['write "area: imperative summary"']],
  ['gates: report missed deadlines', ['unknown area "gates"']],
  ['gate: Report missed deadlines', ['"Report": begin in lowercase']],
  ['gate: reported missed deadlines', ['"reported": write the imperative']],
  ['gate: reports missed deadlines', ['"reports": write the imperative']],
  ['gate: report deadlines; print them', ['semicolon: split the commit']],
  ['gate: report deadlines.', ['full stop at the end']],
  [`gate: report ${'missed deadlines '.repeat(4)}late`, ['85 characters: write 60 at most']],
] as const;

describe('checkSubject', () => {
  const subjects = SUBJECTS.map(([subject]) => subject);
  const found = evaluate('rules/commits.mjs', `${JSON.stringify(subjects)}.map(it.checkSubject)`) as readonly unknown[];

  test.each(SUBJECTS.map(([subject, problems], index) => [subject, problems, index] as const))(
    'checks %j',
    (_subject, problems, index) => {
      expect(found[index]).toEqual(problems.map((problem) => expect.stringContaining(problem)));
    },
  );
});

test('parseDiff finds the lines that a diff adds', () => {
  const diff = '+++ b/docs/a.md\n@@ -1,2 +3,2 @@\n+x\n+y\n@@ -9 +9,0 @@\n-z\n+++ b/docs/b.md\n@@ -0,0 +1 @@\n+x\n';
  const lines = evaluate('diff.mjs', `[...it.parseDiff(${JSON.stringify(diff)})].map(([file, of]) => [file, [...of]])`);
  expect(lines).toEqual([
    ['docs/a.md', [3, 4]],
    ['docs/b.md', [1]],
  ]);
});
