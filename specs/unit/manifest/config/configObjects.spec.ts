import { describe, expect, test } from '@jest/globals';
import { companionProblems, configOf, isCompanion, secretsIn } from '../../../../src/manifest/config/configObjects';
import { type LoadPodOptions, loadManifest } from '../../../../src/manifest/loadPod';
import { readSource } from '../../../../src/manifest/source/source';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - {name: web, image: "web:1"}
---
`;

function messageOf(text: string, options: LoadPodOptions = {}): string {
  try {
    loadManifest(text, options);
  } catch (error) {
    return (error as Error).message;
  }
  return 'taken';
}

test('reads the ConfigMaps and Secrets of the manifest', () => {
  const text = `${POD}
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {mode: fast, lines: "a\\nb"}
binaryData: {logo: iVBORw0KGgo=}
---
apiVersion: v1
kind: Secret
metadata: {name: database}
data: {user: YWRtaW4=, key: //79, both: b2xk}
stringData: {password: hunter2, both: new}
---
apiVersion: v1
kind: Secret
metadata: {name: elsewhere, namespace: other}
`;
  expect(loadManifest(text).config).toEqual({
    configMaps: { settings: { mode: 'fast', lines: 'a\nb', logo: { base64: 'iVBORw0KGgo=' } } },
    secrets: { database: { user: 'admin', key: { base64: '//79' }, password: 'hunter2', both: 'new' } },
  });
});

test('adds ConfigMaps and Secrets of the options, and prefers them to the manifest', () => {
  const text = `${POD}apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {mode: fast}\n`;
  const options = { configMaps: { settings: { mode: 'slow' } }, secrets: { database: { password: 'hunter2' } } };
  expect(loadManifest(text, options).config).toEqual(options);
});

test('reports errors of a ConfigMap or a Service with their positions', () => {
  const text = `${POD}apiVersion: v1
kind: ConfigMap
metadata: {name: Settings}
data:
  retries: 3
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selectors: {app: web}}
`;
  expect(messageOf(text)).toBe(`\
<yaml>: 3 problems
<yaml>:10:18: metadata.name: Invalid value: "Settings": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
  10 | metadata: {name: Settings}
     |                  ^^^^^^^^
<yaml>:12:12: data[retries]: Invalid value: 3: must be a string. Put it in quotes
  12 |   retries: 3
     |            ^
<yaml>:17:8: spec.selectors: unknown field. Did you mean "selector"?
  17 | spec: {selectors: {app: web}}
     |        ^^^^^^^^^`);
});

test.each([
  ['data: {password: hunter2}', /data\[password\]: Invalid value: is not base64. Put plain text into stringData$/],
  ['stringData: {password: 71427}', /stringData\[password\]: Invalid value: must be a string. Put it in quotes$/],
  ['password: hunter2', /: password: unknown field/],
  ['stringData: {password: "hunter2\\q"}', /not valid YAML$/],
  ['stringData:\n\tpassword: hunter2', /YAML cannot be indented with tabs. Use spaces$/],
  ['stringData: {password: hunter2, password: hunter2}', /key "password" is set twice in the same mapping$/],
  ['stringData: [hunter2]', /stringData: Invalid value: must be a mapping$/],
  ['stringData: {password: *hunter2}', /./],
])('never prints the value of a Secret: %j', (rest, message) => {
  const shown = messageOf(`${POD}apiVersion: v1\nkind: Secret\nmetadata: {name: database}\n${rest}\n`);
  expect(shown).toMatch(message);
  expect(shown.replace('&hunter2', '')).not.toMatch(/hunter2|71427|aHVudGVyMg/);
});

test('rejects option values that are not strings', () => {
  const secrets = { database: { port: 5432 } } as unknown as Record<string, Record<string, string>>;
  expect(messageOf(POD, { secrets })).toBe('options: secrets.database[port]: must be a string, not a number');
});

describe('isCompanion', () => {
  test.each([
    ['ConfigMap', true],
    ['Secret', true],
    ['Service', true],
    ['PodPreset', true],
    ['Ingress', false],
    ['configmap', false],
  ])('returns for %s %s', (kind, expected) => {
    expect(isCompanion(kind)).toBe(expected);
  });
});

describe('companionProblems', () => {
  const problemsOf = (document: object) =>
    companionProblems(readSource({ apiVersion: 'v1', metadata: { name: 'shop' }, ...document })).map(
      ({ field, detail, value }) => ({ field, detail, value }),
    );

  test('rejects keys that are not valid file names, and prints them even for a Secret', () => {
    const detail =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
    expect(problemsOf({ kind: 'ConfigMap', data: { 'a/b': '' } })).toEqual([
      { field: 'data[a/b]', detail, value: 'a/b' },
    ]);
    expect(problemsOf({ kind: 'Secret', stringData: { 'a/b': '' } })).toEqual([
      { field: 'stringData[a/b]', detail, value: undefined },
    ]);
  });

  test('accepts base64 with line breaks, and rejects base64 without padding', () => {
    expect(problemsOf({ kind: 'Secret', data: { key: 'aHVu\ndGVyMg==\n' } })).toEqual([]);
    expect(problemsOf({ kind: 'ConfigMap', binaryData: { logo: 'aHVudGVyMg' } })).toEqual([
      { field: 'binaryData[logo]', detail: 'is not base64', value: undefined },
    ]);
  });

  test('ignores objects of other kinds', () => {
    expect(problemsOf({ kind: 'Ingress', spec: { nonsense: true } })).toEqual([]);
  });
});

describe('configOf', () => {
  const secret = (namespace: string, password: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'database', ...(namespace !== '' && { namespace }) },
    stringData: { password },
  });

  test('returns only objects in the namespace of the pod', () => {
    const read = readSource([secret('other', 'wrong'), secret('shop', 'right')]);
    expect(configOf(read, { namespace: 'shop' }, {}).secrets).toEqual({ database: { password: 'right' } });
    expect(configOf(read, { namespace: 'third' }, {}).secrets).toEqual({});
  });
});

describe('secretsIn', () => {
  test('returns every form of a Secret value, even from invalid Secrets', () => {
    const { documents } = readSource({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'other' },
      data: { plain: 'hunter2' },
      stringData: { port: 71427 },
    });
    expect(secretsIn(documents)).toEqual({
      '0': { plain: 'hunter2', 'data.plain': { base64: 'hunter2' }, port: '71427' },
    });
  });

  test('returns nothing for a ConfigMap', () => {
    const { documents } = readSource({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      data: { a: 'b' },
    });
    expect(secretsIn(documents)).toEqual({});
  });
});
