import { expect, test } from '@jest/globals';
import type { ConfigKind } from '../../../../src/manifest/config/config';
import { mountFailures, volumeContent } from '../../../../src/manifest/config/volumes';
import type { Container, Pod, Volume } from '../../../../src/manifest/model';

const config = {
  configMaps: { settings: { 'app.conf': 'a=1', logo: { base64: 'iVBORw==' } } },
  secrets: { tls: { 'tls.key': 'KEY', 'tls.crt': 'CRT' } },
};
const node = { nodeName: 'node-1', hostIP: '10.0.0.1', podIP: '10.0.0.7', allocatable: { cpu: '4', memory: '8Gi' } };
const mounting = (volumes: readonly Volume[]): Container => ({
  name: 'web',
  image: 'web:1',
  imagePullPolicy: 'IfNotPresent',
  volumeMounts: volumes.map(({ name }) => ({ name, mountPath: `/${name}` })),
});
const podOf = (...volumes: readonly Volume[]): Pod => ({
  metadata: { name: 'web', namespace: 'shop', uid: 'u1', labels: { b: 'x "y"', a: '1' } },
  spec: { restartPolicy: 'Always', initContainers: [], containers: [mounting(volumes)], volumes },
});
const around = (...volumes: readonly Volume[]) => ({ pod: podOf(...volumes), config, node, kubernetesVersion: '1.36' });
const contentOf = (volume: Omit<Volume, 'name'>) => volumeContent({ name: 'v', ...volume }, around());

test('creates a file for each key of a ConfigMap, as text or bytes', () => {
  expect(contentOf({ configMap: { name: 'settings' } })).toEqual({
    value: [
      { path: 'app.conf', mode: 0o644, content: 'a=1' },
      { path: 'logo', mode: 0o644, content: { base64: 'iVBORw==' } },
    ],
  });
});

test('creates files only for the listed items, with their paths and modes', () => {
  const items = [
    { key: 'tls.key', path: 'private/key.pem', mode: 0o400 },
    { key: 'tls.crt', path: 'cert.pem' },
  ];
  expect(contentOf({ secret: { secretName: 'tls', defaultMode: 0o440, items } })).toEqual({
    value: [
      { path: 'private/key.pem', mode: 0o400, content: 'KEY' },
      { path: 'cert.pem', mode: 0o440, content: 'CRT' },
    ],
  });
});

test('writes labels of the downward API one per line', () => {
  const items = [
    { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
    { path: 'name', fieldRef: { fieldPath: 'metadata.name' } },
  ];
  expect(contentOf({ downwardAPI: { items } })).toEqual({
    value: [
      { path: 'labels', mode: 0o644, content: 'a="1"\nb="x \\"y\\""' },
      { path: 'name', mode: 0o644, content: 'web' },
    ],
  });
});

test('merges the files of a projected volume, and prefers the last source of a path', () => {
  const sources = [
    { secret: { name: 'tls', items: [{ key: 'tls.crt', path: 'cert.pem' }] } },
    { configMap: { name: 'settings', items: [{ key: 'app.conf', path: 'cert.pem', mode: 0o600 }] } },
    { configMap: { name: 'none', optional: true } },
  ];
  expect(contentOf({ projected: { defaultMode: 0o400, sources } })).toEqual({
    value: [{ path: 'cert.pem', mode: 0o600, content: 'a=1' }],
  });
});

test.each<[string, ConfigKind | undefined, Omit<Volume, 'name'>]>([
  ['configmap "x" not found', 'ConfigMap', { configMap: { name: 'x' } }],
  ['secret "x" not found', 'Secret', { secret: { secretName: 'x' } }],
  [
    'configmap references non-existent config key: k',
    'ConfigMap',
    { configMap: { name: 'settings', items: [{ key: 'k', path: 'k' }] } },
  ],
  [
    'references non-existent secret key: k',
    'Secret',
    { secret: { secretName: 'tls', items: [{ key: 'k', path: 'k' }] } },
  ],
  ['secret "x" not found', 'Secret', { projected: { sources: [{ secret: { name: 'x' } }] } }],
  [
    '[unsupported fieldPath: status.phase, secret "x" not found]',
    'Secret',
    {
      projected: {
        sources: [
          { downwardAPI: { items: [{ path: 'phase', fieldRef: { fieldPath: 'status.phase' } }] } },
          { secret: { name: 'x' } },
        ],
      },
    },
  ],
  [
    'unsupported fieldPath: status.phase',
    undefined,
    { downwardAPI: { items: [{ path: 'phase', fieldRef: { fieldPath: 'status.phase' } }] } },
  ],
])('returns a mount failure: %s', (error, missing, volume) => {
  const kind = missing && { missing };
  expect(contentOf(volume)).toEqual({ error, ...kind });
  expect(mountFailures(around({ name: 'conf', ...volume }))).toEqual([
    { error: `MountVolume.SetUp failed for volume "conf" : ${error}`, ...kind },
  ]);
});

test('creates an empty volume for a missing optional source, and skips other volumes', () => {
  expect(contentOf({ secret: { secretName: 'x', optional: true } })).toEqual({ value: [] });
  expect(contentOf({ emptyDir: {} })).toBeUndefined();
});
