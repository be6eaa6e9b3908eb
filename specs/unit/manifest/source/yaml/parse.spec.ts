import { expect, test } from '@jest/globals';
import { loadPod } from '../../../../../src/manifest/loadPod';
import { parseYaml } from '../../../../../src/manifest/source/yaml/parse';

/** Limit for bad input, in processor time because the machine may have other work. */
const CPU_MAX_MS = 20_000;

const HEAD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n';
const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('');
const bomb = `a: &a [${'x,'.repeat(9)}x]\n${many(8, (n) => `${'bcdefghi'[n]}: &${'bcdefghi'[n]} [${`*${'abcdefgh'[n]},`.repeat(9)}x]\n`)}`;
const merges = `  a: &m0 {x: 1}\n${many(28, (n) => `  k${n}: &m${n + 1} {<<: [*m${n}, *m${n}]}\n`)}`;

test.each([
  ['nothing', '', /^"": the manifest is empty. Pass the path of a file, YAML text or an object$/],
  ['whitespace', '\n \n', /^<yaml>: contains no objects$/],
  ['a comment', '# pod\n', /contains no objects/],
  ['null', 'null\n', /contains no objects/],
  ['an empty list', 'kind: List\nitems: []\n', /contains no objects/],
  ['a list with null', 'kind: List\nitems: [null]\n', /a manifest must be a mapping .* received a null/],
  ['a sentence', 'hello world\n', /^<yaml>:1:1: a manifest must be a mapping .* received a string\n/],
  ['a list', '- a\n', /received a list\n/],
  ['a mapping without kind', 'a: b\n', /^<yaml>:1:1: kind: Required value. Set a kind such as Pod or Deployment\n/],
  ['NUL bytes', '\0'.repeat(10_000_000), /^<yaml>: not text: it contains NUL bytes$/],
  [
    'ten megabytes of lines',
    many(1_000_000, () => 'key: value\n'),
    /^<yaml>: an object has 10\.5 MB of YAML, but Kubernetes stores at most 1\.5 MB$/,
  ],
  [
    'a hundred thousand documents',
    many(100_000, () => '---\na: b\n'),
    /^<yaml>: must have at most 10,000 documents. Pass only the part that defines the pod$/,
  ],
  ['too many brackets', `${HEAD}  a: ${'['.repeat(700_000)}`, /must have at most 250,000 YAML tokens/],
  ['merges of merges', HEAD + merges, /expand to too many values/],
  ['an alias bomb', HEAD + bomb, /expand to too many values/],
  ['an anchor that contains itself', `${HEAD}  a: &a [*a]\n`, /^<yaml>:5:10: the alias \*a is inside its own anchor\n/],
  ['an alias without its anchor', `${HEAD}  a: *a\n`, /no anchor &a comes before this alias\n/],
  ['endless brackets', '['.repeat(5_000), /^<yaml>:1:\d+: the YAML is nested too deeply\n/],
  ['endless brackets in lines', '[\n'.repeat(5_000), /nested too deeply|not valid YAML/],
  ['a repeated key', HEAD + many(10_000, () => 'a: b\n'), /key "a" is set twice/],
  ['unknown fields', HEAD + many(10_000, (n) => `  k${n}: v\n`), /^<yaml>: 10001 problems\n/],
  [
    'thousands of invalid containers',
    `${HEAD}  containers:\n${many(2_000, (n) => `  - {name: C${n}, foo: 1}\n`)}`,
    /^<yaml>: 6000 problems\n/,
  ],
  [
    'huge numbers',
    `${HEAD}  activeDeadlineSeconds: ${'9'.repeat(100_000)}\n  containers: []\n`,
    /activeDeadlineSeconds: Invalid value: Infinity: must be an integer\n/,
  ],
  [
    'an unsupported API version',
    HEAD.replace('v1', 'v2'),
    /apiVersion: no matches for kind "Pod" in version "v2". Use "v1"/,
  ],
  ['an invalid name', HEAD.replace('web', 'My_Web'), /metadata\.name: Invalid value: "My_Web": a lowercase RFC 1123/],
  ['a huge name', HEAD.replace('web', 'w'.repeat(500_000)), /must be no more than 253 characters\n/],
  [
    'fields named like members of JavaScript objects',
    `${HEAD}  __proto__: {a: 1}\n  constructor: 1\n  containers: []\n`,
    /spec\.__proto__: unknown field\n/,
  ],
  ['bytes instead of text', `${HEAD}  containers: [{name: web, image: !!binary aGVsbG8=}]\n`, /must be a string/],
])('rejects a manifest with a plain message: %s', (_what, source, message) => {
  const before = process.cpuUsage();
  expect(() => loadPod(source)).toThrow(
    expect.objectContaining({ name: 'ManifestError', message: expect.stringMatching(message) }),
  );
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(CPU_MAX_MS);
});

test.each([42, null, undefined, true, [], [null], () => 'pod'])('rejects %p as a manifest', (source) => {
  expect(() => loadPod(source as unknown as object)).toThrow(expect.objectContaining({ name: 'ManifestError' }));
});

test.each([
  ['Windows line endings', `${HEAD}  containers: [{name: web, image: w}]\n`.replaceAll('\n', '\r\n')],
  ['a byte order mark', `\uFEFF${HEAD}  containers: [{name: web, image: w}]\n`],
  ['directives', `%YAML 1.1\n---\n${HEAD}  containers: [{name: web, image: w}]\n...\n`],
  ['an unknown tag', `${HEAD}  containers: !many [{name: web, image: w}]\n`],
])('accepts a manifest with %s', (_what, source) => {
  expect(loadPod(source).spec.containers).toMatchObject([{ name: 'web', image: 'w' }]);
});

test.each([
  ['.', '.'],
  ['-.', '-.'],
  ['e5', 'e5'],
  ['E123456', 'E123456'],
  ['.e5', '.e5'],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['+1.', 1],
  ['1e3', 1_000],
  ['.5e1', 5],
  ['.inf', Number.POSITIVE_INFINITY],
])('reads the YAML value %s like the decoder of Kubernetes', (text, value) => {
  expect(parseYaml(`a: ${text}\n`, 'pod.yaml')[0]?.value).toEqual({ a: value });
});

test('prints the parts of an object that can be printed', () => {
  const around: { self?: object } = {};
  around.self = around;
  const spec = { activeDeadlineSeconds: 10n, containers: [{ name: 'web', image: around, args: [Symbol.iterator] }] };
  expect(() => loadPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec })).toThrow(
    expect.objectContaining({
      message: `manifest: 3 problems
manifest: spec.activeDeadlineSeconds: Invalid value: 10: must be an integer
manifest: spec.containers[0].image: Invalid value: [object Object]: must be a string
manifest: spec.containers[0].args[0]: Invalid value: Symbol(Symbol.iterator): must be a string`,
    }),
  );
});
