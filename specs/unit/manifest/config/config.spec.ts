import { expect, test } from '@jest/globals';
import { type LoadPodOptions, loadManifest } from '../../../../src/manifest/loadPod';

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

test('the ConfigMaps and Secrets of the input are there for the pod', () => {
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

test('a test gives the others, or in place of one', () => {
  const text = `${POD}apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {mode: fast}\n`;
  const options = { configMaps: { settings: { mode: 'slow' } }, secrets: { database: { password: 'hunter2' } } };
  expect(loadManifest(text, options).config).toEqual(options);
});

test('what is wrong with a ConfigMap or a Service is said with its place', () => {
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
<yaml>:12:12: data[retries]: Invalid value: 3: must be a string; put it in quotes
  12 |   retries: 3
     |            ^
<yaml>:17:8: spec.selectors: unknown field; did you mean "selector"?
  17 | spec: {selectors: {app: web}}
     |        ^^^^^^^^^`);
});

test.each([
  ['data: {password: hunter2}', /data\[password\]: Invalid value: is not base64; plain text goes into stringData$/],
  ['stringData: {password: 71427}', /stringData\[password\]: Invalid value: must be a string; put it in quotes$/],
  ['password: hunter2', /: password: unknown field/],
  ['stringData: {password: "hunter2\\q"}', /not valid YAML$/],
  ['stringData:\n\tpassword: hunter2', /a tab cannot indent in YAML; use spaces$/],
  ['stringData: {password: hunter2, password: hunter2}', /key "password" is set twice in the same mapping$/],
  ['stringData: [hunter2]', /stringData: Invalid value: must be a mapping$/],
  ['stringData: {password: *hunter2}', /./],
])('what a Secret holds is never shown: %j', (rest, message) => {
  const shown = messageOf(`${POD}apiVersion: v1\nkind: Secret\nmetadata: {name: database}\n${rest}\n`);
  expect(shown).toMatch(message);
  expect(shown.replace('&hunter2', '')).not.toMatch(/hunter2|71427|aHVudGVyMg/);
});

test('what a test gives is text', () => {
  const secrets = { database: { port: 5432 } } as unknown as Record<string, Record<string, string>>;
  expect(messageOf(POD, { secrets })).toBe('options: secrets.database[port]: must be a string, not a number');
});
