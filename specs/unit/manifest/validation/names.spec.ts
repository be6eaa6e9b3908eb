import { expect, test } from '@jest/globals';
import { type LoadPodOptions, loadManifest } from '../../../../src/manifest/loadPod';

const web = { name: 'web', image: 'web:1' };

function problemOf(spec: object, options: LoadPodOptions = {}, name = 'shop'): string {
  try {
    const containers = [web];
    loadManifest({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers, ...spec } }, options);
  } catch (error) {
    return (error as Error).message.split(': ').slice(1).join(': ');
  }
  return 'taken';
}

const within = (volume: object) => ({
  containers: [{ ...web, volumeMounts: [{ name: 'data', mountPath: '/data', subPath: '../..' }] }],
  volumes: [{ name: 'data', ...volume }],
});

test.each<[string, object, LoadPodOptions]>([
  ['a container', { containers: [{ ...web, name: '<script>' }] }, {}],
  ['a volume', { volumes: [{ name: '../data', emptyDir: {} }] }, {}],
  ['a path within a volume', within({ emptyDir: {} }), {}],
  ['a host', { hostname: 'a\nb' }, {}],
  ['an alias', { hostAliases: [{ ip: '10.0.0.1', hostnames: ['db\n10.0.0.2 bank'] }] }, {}],
  ['a variable', { containers: [{ ...web, env: [{ name: 'A=B', value: '1' }] }] }, {}],
  ['a key of a ConfigMap', {}, { configMaps: { settings: { '../../etc/passwd': 'root' } } }],
  ['a key of a Secret', {}, { secrets: { settings: { '..': 'root' } } }],
])('rejects %s with a path as its name', (_, spec, options) => {
  expect(problemOf(spec, options)).toMatch(/must (?:consist|not)|must not contain/);
});

test('rejects a pod with a path as its name', () => {
  expect(problemOf({}, {}, '../../etc')).toMatch(/must consist/);
});

test('rejects a key of a ConfigMap that is a path', () => {
  const text = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: "web:1"}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {../passwd: root}
`;
  expect(() => loadManifest(text)).toThrow(
    'data[../passwd]: Invalid value: "../passwd": a valid config key must consist of alphanumeric characters',
  );
});
