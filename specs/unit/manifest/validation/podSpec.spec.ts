import { expect, test } from '@jest/globals';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import type { Container, EnvVarSource, PodSpec, Volume } from '../../../../src/manifest/model';
import { validatePodSpec } from '../../../../src/manifest/validation/podSpec';
import { bodyOf } from '../../../../src/manifest/values/fieldError';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';
import type { Unchecked } from '../../../../src/manifest/values/uncheckedManifest';

function errorsOf(spec: Unchecked<PodSpec>): string[] {
  return validatePodSpec(applyDefaults({ spec }).spec, FieldPath.of('spec')).map(
    (one) => `${one.path}: ${bodyOf(one)}`,
  );
}

const web = { name: 'web', image: 'web:1' };
const errorsIn = (container: Unchecked<Container>) => errorsOf({ containers: [{ ...web, ...container }] });
const errorsFrom = (valueFrom: Unchecked<EnvVarSource>) => errorsIn({ env: [{ name: 'X', valueFrom }] });
const errorsWith = (volume: Unchecked<Volume>) => errorsOf({ containers: [web], volumes: [{ name: 'v', ...volume }] });

const FROM = 'spec.containers[0].env[0].valueFrom';

test.each<[string, Unchecked<EnvVarSource>]>([
  [
    '.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
    { fieldRef: { fieldPath: 'metadata.labels' } },
  ],
  [
    '.fieldRef.fieldPath: Invalid value: "status.phase": error converting fieldPath: field label not supported: status.phase',
    { fieldRef: { fieldPath: 'status.phase' } },
  ],
  [
    '.fieldRef: Invalid value: "metadata.name": does not support subscript',
    { fieldRef: { fieldPath: "metadata.name['a']" } },
  ],
  [
    '.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
    { resourceFieldRef: { resource: 'limits.gpu' } },
  ],
  [
    `.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource`,
    { resourceFieldRef: { resource: 'limits.cpu', divisor: '10' } },
  ],
  ['.configMapKeyRef.key: Required value', { configMapKeyRef: { name: 'settings' } }],
  [
    `.secretKeyRef.key: Invalid value: "a/b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
    { secretKeyRef: { name: 'database', key: 'a/b' } },
  ],
])('a variable refers to what there can be: %s', (error, valueFrom) => {
  expect(errorsFrom(valueFrom)).toEqual([`${FROM}${error}`]);
});

test('a variable may refer to labels, resources and keys', () => {
  expect(errorsFrom({ fieldRef: { fieldPath: "metadata.labels['app.kubernetes.io/name']" } })).toEqual([]);
  expect(errorsFrom({ resourceFieldRef: { resource: 'requests.memory', divisor: '1Mi' } })).toEqual([]);
  expect(errorsFrom({ secretKeyRef: { name: 'database', key: 'tls.key' } })).toEqual([]);
});

test('envFrom names one object, and its prefix begins the name of a variable', () => {
  expect(errorsIn({ envFrom: [{}, { prefix: 'A=', configMapRef: {} }] })).toEqual([
    'spec.containers[0].envFrom[0]: Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
    `spec.containers[0].envFrom[1].prefix: Invalid value: "A=": a valid environment variable name must consist only of printable ASCII characters other than '='`,
    'spec.containers[0].envFrom[1].configMapRef.name: Required value',
  ]);
});

test.each<[string, Unchecked<Volume>]>([
  ['.secret: Forbidden: may not specify more than 1 volume type', { emptyDir: {}, secret: { secretName: 's' } }],
  ['.configMap.name: Required value', { configMap: {} }],
  ['.secret.secretName: Required value', { secret: {} }],
  [
    '.secret.defaultMode: Invalid value: 644: must be a number between 0 and 0777 (octal), both inclusive',
    { secret: { secretName: 's', defaultMode: 644 } },
  ],
  [
    '.configMap.items[0].path: Invalid value: "/etc/passwd": must be a relative path',
    { configMap: { name: 'c', items: [{ key: 'k', path: '/etc/passwd' }] } },
  ],
  [
    `.projected.sources[0].configMap.items[0].path: Invalid value: "a/../../b": must not contain '..'`,
    { projected: { sources: [{ configMap: { name: 'c', items: [{ key: 'k', path: 'a/../../b' }] } }] } },
  ],
  [
    '.downwardAPI.items[0].resourceFieldRef.containerName: Required value',
    { downwardAPI: { items: [{ path: 'cpu', resourceFieldRef: { resource: 'limits.cpu' } }] } },
  ],
])('a volume is made of what there can be: %s', (error, volume) => {
  expect(errorsWith(volume)).toEqual([`spec.volumes[0]${error}`]);
});

test('a volume that is made of nothing is an emptyDir', () => {
  expect(applyDefaults({ spec: { volumes: [{ name: 'cache' }] } }).spec.volumes).toEqual([
    { name: 'cache', emptyDir: {} },
  ]);
});

test('a mount stays within its volume', () => {
  const mounts = [
    { name: 'v', mountPath: '/a', subPath: '../etc' },
    { name: 'v', mountPath: '/b', subPath: 'b', subPathExpr: '$(POD)' },
  ];
  expect(errorsOf({ containers: [{ ...web, volumeMounts: mounts }], volumes: [{ name: 'v' }] })).toEqual([
    `spec.containers[0].volumeMounts[0].subPath: Invalid value: "../etc": must not contain '..'`,
    'spec.containers[0].volumeMounts[1].subPathExpr: Invalid value: "$(POD)": subPathExpr and subPath are mutually exclusive',
  ]);
});
