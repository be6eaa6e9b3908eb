import { describe, expect, test } from '@jest/globals';
import { printable } from '../../src/escaping/terminal';
import { loadManifest } from '../../src/manifest/loadPod';
import { expandText, staticEnv } from '../../src/manifest/values/expansion';
import { hiderOf } from '../../src/masking/masker';
import { LineSplitter } from '../../src/runtime/logLine';

function pod(fields: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: web\n    image: web:1\n${fields}`;
}

/** Returns variables of which each is twice as long as the previous one. */
function doubling(count: number): string {
  const rest = Array.from(
    { length: count },
    (_, index) => `    - {name: V${index + 1}, value: $(V${index})$(V${index})}\n`,
  );
  return `    env:\n    - {name: V0, value: xxxxxxxx}\n${rest.join('')}`;
}

const TOO_LARGE = /: its references expand to more than 128 KiB, the limit of Linux/;

describe('variables above the size limit', () => {
  test.each([15, 23, 64, 1_000])('are rejected if they double %i times', (count) => {
    expect(() => loadManifest(pod(doubling(count)))).toThrow(TOO_LARGE);
  });

  test('are rejected in the arguments of a command', () => {
    const args = `    args: ["${'$(V10)'.repeat(20)}"]\n`;
    expect(() => loadManifest(pod(doubling(10) + args))).toThrow(
      /spec\.containers\[0\]\.args\[0\]: its references expand/,
    );
  });

  test('are rejected if they expand from a ConfigMap', () => {
    const map = `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata: {A: "${'x'.repeat(100_000)}"}\n`;
    const env = '    envFrom: [{configMapRef: {name: m}}]\n    env: [{name: B, value: $(A)$(A)}]\n';
    expect(() => loadManifest(pod(env) + map)).toThrow(/spec\.containers\[0\]\.env\[0\]\.value: its references expand/);
  });

  test('are rejected if only their total exceeds the limit', () => {
    const many = Array.from({ length: 40 }, (_, index) => `    - {name: W${index}, value: $(V13)}\n`).join('');
    expect(() => loadManifest(pod(doubling(13) + many))).toThrow(
      'spec.containers[0].env: the variables and arguments of the container are larger than 2 MiB, the limit of a process',
    );
  });

  test('are rejected in the command of a probe', () => {
    const env = staticEnv([{ name: 'A', value: 'x'.repeat(100_000) }]);
    expect(() => expandText('$(A)'.repeat(100_000), env)).toThrow(TOO_LARGE.source.slice(2));
  });
});

describe('a YAML file', () => {
  const levels = (count: number, width: number) =>
    Array.from(
      { length: count },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array(width).fill(`*a${level}`).join(', ')}]\n`,
    ).join('');

  test.each([
    ['20 million line breaks', () => `${'\n'.repeat(20_000_000)}${pod('')}`, /at most 1,000,000 lines/],
    ['2 million comments', () => `${'#\n'.repeat(2_000_000)}${pod('')}`, /at most 1,000,000 lines/],
    ['900,000 line breaks, and nothing else', () => '\n'.repeat(900_000), /contains no objects/],
    ['a million documents', () => '---\n'.repeat(999_999), /at most 10,000 documents/],
    ['aliases that multiply', () => `a0: &a0 [x]\n${levels(9, 9)}`, /aliases|no object|manifest/],
    ['aliases of a large list', () => `a0: &a0 [${'x, '.repeat(20_000)}x]\na1: [${'*a0, '.repeat(99)}*a0]\n`, /./],
    ['20,000 aliases', () => `a: &a [x]\nb: [${'*a, '.repeat(20_000)}*a]\n`, /aliases/],
    ['an alias of what it stands in', () => 'a: &a [*a]\n', /inside its own anchor|no anchor/],
    ['100,000 brackets', () => '['.repeat(100_000), /./],
    ['100,000 levels of a mapping', () => '{a: '.repeat(100_000), /./],
    [
      '1,000 levels by indentation',
      () => Array.from({ length: 1_000 }, (_, at) => `${' '.repeat(at)}a:\n`).join(''),
      /./,
    ],
    ['a key of a megabyte', () => pod(`    ${'k'.repeat(1_000_000)}: 1\n`), /not valid YAML/],
    ['a value of a megabyte', () => pod(`    imagePullPolicy: ${'k'.repeat(1_000_000)}\n`), /Unsupported value/],
    [
      '20,000 unknown fields',
      () => pod(Array.from({ length: 20_000 }, (_, at) => `    f${at}: 1\n`).join('')),
      /unknown field/,
    ],
    ['100,000 quotes that do not end', () => pod(`    x: ${'"'.repeat(99_999)}\n`), /./],
  ])('is rejected with a short message if it has %s', (_, yaml, wrong) => {
    const text = yaml();
    const message = messageOf(text);
    expect(message).toMatch(wrong);
    // It fits on one screen, for any manifest.
    expect(message.length).toBeLessThan(5_000);
    expect(message).not.toMatch(/call stack|heap|RangeError/i);
  });

  function messageOf(text: string): string {
    try {
      loadManifest(text);
      return 'taken';
    } catch (error) {
      expect((error as Error).name).toBe('ManifestError');
      return (error as Error).message;
    }
  }
});

describe('the output of an app', () => {
  const escapes = ['\u001b]0;', '\u001b[1;', '\u001b', '\u009b[', '\u001b]8;;'];
  test.each(escapes)('does not grow if it repeats %j, the beginning of an escape code', (code) => {
    const line = code.repeat(16_384 / code.length);
    expect(printable(line).length).toBeLessThanOrEqual(4 * line.length);
  });

  test.each(['a', '%41', '\\u0041', '&#65;', 'ab'])(
    'does not grow if it repeats %j, which a large Secret contains',
    (text) => {
      const hide = hiderOf({
        secrets: { db: { a: 'a'.repeat(60_000), b: `${'a'.repeat(250)}b`, c: 'A'.repeat(300) } },
      });
      const log = text.repeat(1_000_000 / text.length);
      expect(hide(log).length).toBeLessThanOrEqual(log.length);
    },
  );

  test('is split if it is a line without an end', () => {
    const splitter = new LineSplitter();
    let count = 0;
    for (let at = 0; at < 1_000; at += 1) count += splitter.split(Buffer.alloc(65_536, 'x')).length;
    expect(count).toBeGreaterThan(3_900);
  });
});
