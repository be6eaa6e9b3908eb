import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { loadManifest } from '../../../../src/manifest/loadPod';
import { testOnPosix } from '../../../onPosix';

const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-source-'));
afterAll(() => rmSync(folder, { recursive: true }));

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: web, image: w}]}\n';
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}}\n';

function write(files: Readonly<Record<string, string | Buffer>>): string {
  const own = mkdtempSync(path.join(folder, 'k8s-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(own, name)), { recursive: true });
    writeFileSync(path.join(own, name), text);
  }
  return own;
}

test('reads all manifests of a folder in the order of their names', () => {
  const dir = write({
    'b.yml': POD,
    'a.yaml': SERVICE,
    'c.json': '{"kind": "Other", "metadata": {"name": "c"}}',
    'README.md': '#',
  });
  const { pod, services, source } = loadManifest(dir);
  expect([pod.metadata.name, services.map(({ name }) => name), source]).toEqual(['web', ['web'], dir]);
});

test('reports an error in a folder with the name of its file', () => {
  const dir = write({ 'pod.yaml': POD.replace('image: w', 'imag: w'), 'service.yaml': SERVICE });
  expect(() => loadManifest(dir)).toThrow(`${path.join(dir, 'pod.yaml')}:4:33: spec.containers[0].imag: unknown field`);
});

test('rejects a folder without manifests', () => {
  const dir = write({ 'README.md': '#', 'more/pod.yaml': POD });
  expect(() => loadManifest(dir)).toThrow(`${dir}: contains no .yaml, .yml or .json files`);
});

test('reads several sources as one manifest', () => {
  const dir = write({ 'pod.yaml': POD });
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { mode: 'fast' } };
  const { services, config } = loadManifest([path.join(dir, 'pod.yaml'), SERVICE, settings]);
  expect(services).toHaveLength(1);
  expect(config.configMaps).toEqual({ settings: { mode: 'fast' } });
});

test('lists the workloads of all sources if there are several', () => {
  expect(() => loadManifest([POD, POD.replace('name: web', 'name: other')])).toThrow(
    "<yaml>: the manifest has 2 workloads: Pod/web and Pod/other. Choose one, for example workload: 'Pod/web'",
  );
});

test.each([
  ['bytes', Buffer.from([0x1f, 0x8b, 0x08, 0xff]), 'not text: it is not valid UTF-8'],
  ['UTF-16', Buffer.from(`\uFEFF${POD}`, 'utf16le'), 'not text: it is not valid UTF-8'],
])('rejects a file of %s', (_what, content, message) => {
  const file = path.join(write({ 'pod.yaml': content }), 'pod.yaml');
  expect(() => loadManifest(file)).toThrow(`${file}: ${message}`);
});

testOnPosix('rejects a device', () => {
  expect(() => loadManifest('/dev/zero')).toThrow('/dev/zero: is a device, not a file');
});

test('notes objects that the pod ignores', () => {
  const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web' } };
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web' } };
  expect(loadManifest([POD, SERVICE, ingress, account]).notes).toEqual([
    '<yaml>, manifest: ignored objects: Ingress/web and ServiceAccount/web',
  ]);
});
