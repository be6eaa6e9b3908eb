import path from 'node:path';
import { expect, test } from '@jest/globals';
import { loadManifest } from '../../../../src/manifest/loadPod';

const preset = (name: string, spec: object, metadata: object = {}) => ({
  apiVersion: 'settings.k8s.io/v1alpha1',
  kind: 'PodPreset',
  metadata: { name, ...metadata },
  spec: { selector: { matchLabels: { role: 'frontend' } }, ...spec },
});
const database = preset('allow-database', {
  env: [{ name: 'DB_PORT', value: '6379' }],
  volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
  volumes: [{ name: 'cache', emptyDir: {} }],
});
const website = (container: object = {}, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'website', labels: { role: 'frontend' }, ...metadata },
  spec: { containers: [{ name: 'website', image: 'nginx:1', ...container }], ...spec },
});
const PREFIX = 'podpreset.admission.kubernetes.io';

test('adds a preset to every container of the pods that it selects', () => {
  const { pod, notes } = loadManifest(path.join(__dirname, '../../../../examples/podpreset/website.yaml'));
  expect(pod.spec).toMatchObject({
    containers: [
      {
        env: [{ name: 'DB_PORT', value: '6379' }],
        volumeMounts: [{ name: 'cache-volume', mountPath: '/cache' }],
      },
    ],
    volumes: [{ name: 'cache-volume', emptyDir: {} }],
  });
  expect(pod.metadata.annotations).toEqual({ [`${PREFIX}/podpreset-allow-database`]: '0' });
  expect(notes).toEqual([
    expect.stringMatching(/website\.yaml: PodPreset allow-database is applied, like in Kubernetes before 1\.20$/),
  ]);
});

test('adds a preset to pods of a template and init containers, and notes its version', () => {
  const template = {
    metadata: { labels: { role: 'frontend' } },
    spec: { initContainers: [{ name: 'init', image: 'i:1' }], containers: [{ name: 'web', image: 'w:1' }] },
  };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { role: 'backend' } },
    spec: { selector: { matchLabels: { role: 'frontend' } }, template },
  };
  const extra = preset('extra', { envFrom: [{ configMapRef: { name: 'settings' } }] }, { resourceVersion: '4711' });
  const { pod } = loadManifest([deployment, extra]);
  const added = { envFrom: [{ configMapRef: { name: 'settings' } }] };
  expect(pod.spec).toMatchObject({ initContainers: [added], containers: [added] });
  expect(pod.metadata.annotations).toEqual({ [`${PREFIX}/podpreset-extra`]: '4711' });
});

test.each<[string, object, object]>([
  ['env DB_PORT of container website', { env: [{ name: 'DB_PORT', value: '1' }] }, {}],
  [
    'volume cache, mount of cache of container website',
    { volumeMounts: [{ name: 'cache', mountPath: '/var' }] },
    { volumes: [{ name: 'cache', emptyDir: { medium: 'Memory' } }] },
  ],
  [
    'mount at /cache of container website',
    { volumeMounts: [{ name: 'data', mountPath: '/cache' }] },
    { volumes: [{ name: 'data', emptyDir: {} }] },
  ],
])('applies no preset if one of them changes an existing value: %s', (what, container, spec) => {
  const other = preset('other', { env: [{ name: 'OTHER', value: '1' }] });
  const { pod, notes } = loadManifest([website(container, spec), database, other]);
  expect(pod.spec.containers[0]?.env).toEqual('env' in container ? container.env : undefined);
  expect(pod.metadata).not.toHaveProperty('annotations');
  expect(notes).toEqual([
    `manifest: no PodPreset is applied (allow-database, other), because the pod already has another ${what.replace(', ', ' and ')}`,
  ]);
});

test('treats equal values as no conflict', () => {
  const { pod } = loadManifest([website({ env: [{ name: 'DB_PORT', value: '6379' }] }), database]);
  expect(pod.spec.containers[0]?.env).toEqual([{ name: 'DB_PORT', value: '6379' }]);
  expect(pod.spec.volumes).toEqual([{ name: 'cache', emptyDir: {} }]);
});

test.each([
  ['excludes presets', website({}, {}, { annotations: { [`${PREFIX}/exclude`]: 'true' } }), {}],
  ['has other labels', website({}, {}, { labels: { role: 'backend' } }), {}],
  ['is in another namespace', website({}, {}, { namespace: 'shop' }), { namespace: 'other' }],
])('ignores a pod that %s', (_what, pod, metadata) => {
  const loaded = loadManifest([pod, { ...database, metadata: { ...database.metadata, ...metadata } }]);
  expect(loaded.pod.spec).not.toHaveProperty('volumes');
  expect(loaded.notes).toEqual([]);
});

test.each([
  [{ key: 'role', operator: 'In', values: ['frontend', 'edge'] }, true],
  [{ key: 'role', operator: 'NotIn', values: ['frontend'] }, false],
  [{ key: 'role', operator: 'Exists' }, true],
  [{ key: 'role', operator: 'DoesNotExist' }, false],
])('selects pods by the expression %j', (expression, isChosen) => {
  const chosen = preset('p', { selector: { matchExpressions: [expression] }, env: [{ name: 'A', value: '1' }] });
  expect(loadManifest([website(), chosen]).pod.spec.containers[0]?.env).toEqual(
    isChosen ? [{ name: 'A', value: '1' }] : undefined,
  );
});

test('rejects a field that presets never had', () => {
  expect(() => loadManifest([website(), preset('p', { command: ['sh'] })])).toThrow('spec.command: unknown field');
});
