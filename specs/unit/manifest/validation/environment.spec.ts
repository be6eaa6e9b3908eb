import { describe, expect, test } from '@jest/globals';
import type { EnvFromSource, EnvVar, EnvVarSource, ResourceFieldSelector } from '../../../../src/manifest/model';
import {
  VOLUME_FIELDS,
  validateEnv,
  validateEnvFrom,
  validateFieldRef,
  validateResourceField,
} from '../../../../src/manifest/validation/environment';
import { NEWEST } from '../../../../src/manifest/values/apiServer';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';
import type { Unchecked } from '../../../../src/manifest/values/uncheckedManifest';
import { errorTexts } from './errorTexts';

const CONFIG_KEY =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

const errorsOf = (variable: Unchecked<EnvVar>, server = NEWEST) =>
  errorTexts(validateEnv([variable], FieldPath.of('env'), server));
const errorsFrom = (valueFrom: Unchecked<EnvVarSource>) => errorsOf({ name: 'X', valueFrom });

describe('validateEnv', () => {
  test('requires a name without an equals sign', () => {
    expect(errorsOf({ name: '' })).toEqual(['env[0].name: Required value']);
    expect(errorsOf({ name: 'A=B' })).toEqual([
      `env[0].name: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than '='`,
    ]);
  });

  test('requires a stricter name before 1.32', () => {
    expect(errorsOf({ name: '1ST', value: '' })).toEqual([]);
    expect(errorsOf({ name: '1ST', value: '' }, { ...NEWEST, kubernetesVersion: '1.31' })).toEqual([
      `env[0].name: Invalid value: "1ST": a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
    ]);
  });

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
    ['.fieldRef.fieldPath: Required value', { fieldRef: { fieldPath: '' } }],
    [
      '.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
      { resourceFieldRef: { resource: 'limits.gpu' } },
    ],
    ['.configMapKeyRef.key: Required value', { configMapKeyRef: { name: 'settings' } }],
    [`.secretKeyRef.key: Invalid value: "a/b": ${CONFIG_KEY}`, { secretKeyRef: { name: 'database', key: 'a/b' } }],
  ])('rejects an unsupported source: %s', (error, valueFrom) => {
    expect(errorsFrom(valueFrom)).toEqual([`env[0].valueFrom${error}`]);
  });

  test('accepts labels, resources and keys as sources', () => {
    expect(errorsFrom({ fieldRef: { fieldPath: "metadata.labels['app.kubernetes.io/name']" } })).toEqual([]);
    expect(errorsFrom({ resourceFieldRef: { resource: 'requests.memory', divisor: '1Mi' } })).toEqual([]);
    expect(errorsFrom({ secretKeyRef: { name: 'database', key: 'tls.key' } })).toEqual([]);
  });

  test('requires exactly one source, and no value beside it', () => {
    const fieldRef = { fieldPath: 'metadata.name' };
    const secretKeyRef = { name: 'database', key: 'user' };
    expect(errorsFrom({})).toEqual([
      'env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    ]);
    expect(errorsFrom({ fieldRef, secretKeyRef })).toEqual([
      'env[0].valueFrom: Invalid value: "": may not have more than one field specified at a time',
    ]);
    expect(errorsOf({ name: 'X', value: '1', valueFrom: { fieldRef } })).toEqual([
      'env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
    ]);
    expect(errorsOf({ name: 'X', value: '', valueFrom: { fieldRef } })).toEqual([]);
  });
});

describe('validateEnvFrom', () => {
  const errorsIn = (...sources: Unchecked<EnvFromSource>[]) =>
    errorTexts(validateEnvFrom(sources, FieldPath.of('envFrom'), NEWEST));

  test('requires one named object, and a prefix that is a valid variable name', () => {
    expect(errorsIn({}, { prefix: 'A=', configMapRef: {} })).toEqual([
      'envFrom[0]: Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
      `envFrom[1].prefix: Invalid value: "A=": a valid environment variable name must consist only of printable ASCII characters other than '='`,
      'envFrom[1].configMapRef.name: Required value',
    ]);
  });

  test('rejects a ConfigMap and a Secret in one item', () => {
    expect(errorsIn({ configMapRef: { name: 'a' }, secretRef: { name: 'b' } })).toEqual([
      'envFrom[0]: Invalid value: "": may not have more than one field specified at a time',
    ]);
  });

  test('accepts a Secret with a prefix', () => {
    expect(errorsIn({ prefix: 'DB_', secretRef: { name: 'database' } })).toEqual([]);
  });
});

describe('validateResourceField', () => {
  const errorsIn = (selector: Unchecked<ResourceFieldSelector>, isFile = false) =>
    errorTexts(validateResourceField(selector, FieldPath.of('ref'), isFile));

  test('requires the container only in a file', () => {
    expect(errorsIn({ resource: 'limits.cpu' }, true)).toEqual(['ref.containerName: Required value']);
    expect(errorsIn({ resource: 'limits.cpu' })).toEqual([]);
    expect(errorsIn({})).toEqual(['ref.resource: Required value']);
  });

  test.each([
    ['limits.cpu', '10', '1m and 1 are supported with the cpu'],
    ['limits.cpu', '1Mi', '1m and 1 are supported with the cpu'],
    ['requests.memory', '1m', '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the memory'],
    [
      'limits.ephemeral-storage',
      '2Mi',
      '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the local ephemeral storage',
    ],
  ])('rejects %s in units of %s', (resource, divisor, supported) => {
    expect(errorsIn({ resource, divisor })).toEqual([
      `ref.divisor: Invalid value: "${resource}": only divisor's values ${supported} resource`,
    ]);
  });

  test.each([
    ['limits.cpu', '1m'],
    ['limits.cpu', '1'],
    ['limits.cpu', '0'],
    ['requests.memory', '1Gi'],
    ['limits.ephemeral-storage', '1M'],
    ['limits.hugepages-2Mi', '1Mi'],
  ])('accepts %s in units of %s', (resource, divisor) => {
    expect(errorsIn({ resource, divisor })).toEqual([]);
  });
});

describe('validateFieldRef', () => {
  const errorsIn = (fieldPath: string) =>
    errorTexts(validateFieldRef({ fieldPath }, VOLUME_FIELDS, FieldPath.of('ref')));

  test('accepts all labels in a file, but not the IP of the pod', () => {
    expect(errorsIn('metadata.labels')).toEqual([]);
    expect(errorsIn('status.podIP')).toEqual([
      'ref.fieldPath: Unsupported value: "status.podIP": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"',
    ]);
  });

  test('requires a qualified name in a subscript, and ignores the case of annotations', () => {
    expect(errorsIn("metadata.annotations['Example.com/Note']")).toEqual([]);
    expect(errorsIn("metadata.labels['/app']")).toEqual(['ref: Invalid value: "/app": prefix part must be non-empty']);
  });
});
