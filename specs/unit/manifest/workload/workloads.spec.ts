import { expect, test } from '@jest/globals';
import { loadManifest } from '../../../../src/manifest/loadPod';

// What `helm create` makes comes with a Pod that tests it, under the annotation `helm.sh/hook: test`.
const CHART = 'specs/unit/manifest/charts/helm-create.yaml';

const hooked = (hooks: string, name = 'migrate') => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, annotations: {helm.sh/hook: '${hooks}'}}
spec: {containers: [{name: web, image: web:1}]}
`;

test('a chart’s own test is not what is deployed, and is told to be left aside', () => {
  const { pod, notes } = loadManifest(CHART);
  expect(pod.spec.containers[0]?.name).toBe('demo');
  expect(notes).toContain(`${CHART}: left aside: Pod/demo-test-connection`);
});

test('a chart’s own test is run when it is named', () => {
  const { pod, notes } = loadManifest(CHART, { workload: 'Pod/demo-test-connection' });
  expect(pod.spec.containers[0]?.name).toBe('wget');
  expect(notes).toEqual([]);
});

test.each(['test', 'test-success', 'test-success, test-failure'])('a pod hooked to %s is a test', (hooks) => {
  expect(loadManifest([hooked('pre-upgrade'), hooked(hooks, 'other')]).pod.metadata.name).toBe('migrate');
});

test('what is hooked to an upgrade as well is deployed', () => {
  const both = [hooked('pre-upgrade'), hooked('test,pre-upgrade', 'other')];
  expect(() => loadManifest(both)).toThrow('which workload is meant? There are Pod/migrate and Pod/other');
});

test('of a chart that has nothing but a test, the test is taken', () => {
  expect(loadManifest(hooked('test')).pod.metadata.name).toBe('migrate');
});
