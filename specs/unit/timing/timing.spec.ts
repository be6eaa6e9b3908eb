import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = path.join(__dirname, '../../..');
/** Only these folders compute limits. Specs compare the kubelet with the sums. */
const COMPUTING = ['src/timing/', 'src/kubelet/'];

/** Fields of a probe that only sums use. */
const FIELDS = ['periodSeconds', 'failureThreshold', 'initialDelaySeconds', 'timeoutSeconds', 'successThreshold'];

/** Returns the lines that calculate with the fields of a probe. */
function sumsIn(text: string): readonly string[] {
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    // Texts are not code, but their placeholders are.
    .replace(/`(?:[^`\\$]|\\.|\$(?!\{)|\$\{[^}]*\})*`/g, (template) =>
      (template.match(/\$\{[^}]*\}/g) ?? []).join(' , '),
    )
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
  const names = new Set(FIELDS);
  for (const field of FIELDS) {
    for (const [, name = ''] of code.matchAll(new RegExp(`\\b${field}: (\\w+)\\b(?=[^;]*\\} = )`, 'g')))
      names.add(name);
  }
  const field = `(?:\\w+\\.)?(?:${[...names].join('|')})\\b`;
  // A number beside a field converts its unit and does not count.
  const other = '(?:[A-Za-z_$][\\w$.]*|\\)|\\()';
  const sum = new RegExp(`${field} ?[*+/-] ?${other}|${other} ?[*+/-] ?${field}`);
  return code.split('\n').filter((line) => sum.test(line));
}

describe('computation of limits', () => {
  test('happens only in src/timing', () => {
    const sums = ['src', 'matchers'].flatMap((root) =>
      readdirSync(path.join(ROOT, root), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => path.posix.join(root, name))
        .filter((file) => COMPUTING.every((prefix) => !file.startsWith(prefix)))
        .flatMap((file) =>
          sumsIn(readFileSync(path.join(ROOT, file), 'utf8')).map((line) => `${file}: ${line.trim()}`),
        ),
    );
    expect(sums).toEqual([]);
  });

  test.each([
    'return periodSeconds * failureThreshold;',
    'const ms = (probe.initialDelaySeconds + other) * 1000;',
    'const { periodSeconds: period } = probe;\nreturn n * period;',
    ['return `$', '{periodSeconds * n} s`;'].join(''),
  ])('detects %j', (code) => {
    expect(sumsIn(code)).toHaveLength(1);
  });

  test('ignores texts and plain uses', () => {
    expect(sumsIn("const text = 'periodSeconds * failureThreshold';")).toEqual([]);
    expect(sumsIn('const timeoutMs = probe.timeoutSeconds * 1_000;')).toEqual([]);
  });
});
