import { expect, test } from '@jest/globals';
import type { Config, ConfigKind } from '../../../../src/manifest/config/config';
import { makeEnvironmentVariables } from '../../../../src/manifest/config/environment';
import type { Container, EnvVarSource, Pod } from '../../../../src/manifest/model';

const config: Config = {
  configMaps: { settings: { mode: 'fast', '1st': 'first', logo: { base64: 'iVBORw==' } } },
  secrets: { database: { password: 'hunter2' } },
};
const node = { nodeName: 'node-1', hostIP: '10.0.0.1', podIP: '10.0.0.7', allocatable: { cpu: '4', memory: '8Gi' } };
const web: Container = {
  name: 'web',
  image: 'web:1',
  imagePullPolicy: 'IfNotPresent',
  resources: { limits: { cpu: '1500m' }, requests: { cpu: '250m', memory: '100Mi' } },
};
const pod: Pod = {
  metadata: { name: 'web-0', namespace: 'shop', uid: 'u1', labels: { app: 'web' }, annotations: { 'a.b/c': 'd' } },
  spec: { restartPolicy: 'Always', initContainers: [], containers: [web] },
};
const resolve = (more: Partial<Container>, kubernetesVersion = '1.36') =>
  makeEnvironmentVariables({ ...web, ...more }, { pod, config, node, kubernetesVersion });
const valueFrom = (source: EnvVarSource) => resolve({ env: [{ name: 'X', valueFrom: source }] });

test('expands references to earlier variables and to envFrom, but not to later ones', () => {
  const env = [
    { name: 'URL', value: 'http://$(HOST)/$(mode)' },
    { name: 'HOST', value: 'db' },
    { name: 'AGAIN', value: '$(HOST)$$(HOST)' },
  ];
  expect(resolve({ env, envFrom: [{ configMapRef: { name: 'settings' } }] })).toEqual({
    value: { mode: 'fast', '1st': 'first', URL: 'http://$(HOST)/fast', HOST: 'db', AGAIN: 'db$(HOST)' },
  });
});

test('prefers env to envFrom, and a later source to an earlier one', () => {
  const envFrom = [{ configMapRef: { name: 'settings' } }, { prefix: 'DB_', secretRef: { name: 'database' } }];
  expect(resolve({ envFrom, env: [{ name: 'mode', value: 'slow' }] })).toEqual({
    value: { mode: 'slow', '1st': 'first', DB_password: 'hunter2' },
  });
});

test('skips envFrom keys that are not valid variable names before 1.30', () => {
  const envFrom = [{ configMapRef: { name: 'settings' } }];
  expect(resolve({ envFrom }, '1.29')).toEqual({ value: { mode: 'fast' } });
});

test.each<[string, Partial<Container>, string, ConfigKind]>([
  ['a ConfigMap', { envFrom: [{ configMapRef: { name: 'x' } }] }, 'configmap "x" not found', 'ConfigMap'],
  ['a Secret', { envFrom: [{ secretRef: { name: 'x' } }] }, 'secret "x" not found', 'Secret'],
  [
    'the ConfigMap of a key',
    { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'x', key: 'k' } } }] },
    'configmap "x" not found',
    'ConfigMap',
  ],
  [
    'the key of a ConfigMap',
    { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'k' } } }] },
    "couldn't find key k in ConfigMap shop/settings",
    'ConfigMap',
  ],
  [
    'a key with bytes instead of text',
    { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'logo' } } }] },
    "couldn't find key logo in ConfigMap shop/settings",
    'ConfigMap',
  ],
  [
    'the key of a Secret',
    { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'database', key: 'k' } } }] },
    "couldn't find key k in Secret shop/database",
    'Secret',
  ],
])('returns an error for %s that is missing', (_what, container, error, missing) => {
  expect(resolve(container)).toEqual({ error, missing });
});

test('omits the variable of a missing optional source', () => {
  const optional = true;
  const env = [
    { name: 'A', valueFrom: { configMapKeyRef: { name: 'x', key: 'k', optional } } },
    { name: 'B', valueFrom: { secretKeyRef: { name: 'database', key: 'k', optional } } },
  ];
  expect(resolve({ env, envFrom: [{ secretRef: { name: 'x', optional } }] })).toEqual({ value: {} });
});

test('sets a variable from a field or a resource, or returns an error', () => {
  expect(valueFrom({ fieldRef: { fieldPath: 'metadata.name' } })).toEqual({ value: { X: 'web-0' } });
  expect(valueFrom({ resourceFieldRef: { resource: 'requests.cpu', divisor: '1m' } })).toEqual({ value: { X: '250' } });
  expect(valueFrom({ fieldRef: { fieldPath: 'status.phase' } })).toEqual({
    error: 'unsupported fieldPath: status.phase',
  });
});
