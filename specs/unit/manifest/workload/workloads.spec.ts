import { expect, test } from '@jest/globals';
import { loadManifest } from '../../../../src/manifest/loadPod';

// A chart of `helm create` contains a test Pod with the annotation `helm.sh/hook: test`.
const CHART = 'specs/unit/manifest/charts/helm-create.yaml';

const hooked = (hooks: string, name = 'migrate') => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, annotations: {helm.sh/hook: '${hooks}'}}
spec: {containers: [{name: web, image: web:1}]}
`;

test('skips the test of a chart, and notes it', () => {
  const { pod, notes } = loadManifest(CHART);
  expect(pod.spec.containers[0]?.name).toBe('demo');
  expect(notes).toContain(`${CHART}: ignored objects: Pod/demo-test-connection`);
});

test('loads the test of a chart if it is named', () => {
  const { pod, notes } = loadManifest(CHART, { workload: 'Pod/demo-test-connection' });
  expect(pod.spec.containers[0]?.name).toBe('wget');
  expect(notes).toEqual([]);
});

test.each(['test', 'test-success', 'test-success, test-failure'])(
  'treats a pod with the hook %s as a test',
  (hooks) => {
    expect(loadManifest([hooked('pre-upgrade'), hooked(hooks, 'other')]).pod.metadata.name).toBe('migrate');
  },
);

test('loads a pod with a test hook and an upgrade hook', () => {
  const both = [hooked('pre-upgrade'), hooked('test,pre-upgrade', 'other')];
  expect(() => loadManifest(both)).toThrow('the manifest has 2 workloads: Pod/migrate and Pod/other');
});

test('loads the test of a chart that contains nothing else', () => {
  expect(loadManifest(hooked('test')).pod.metadata.name).toBe('migrate');
});
