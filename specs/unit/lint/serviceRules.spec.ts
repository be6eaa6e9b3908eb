import { expect, test } from '@jest/globals';
import { lint } from '../../../src/lint/lint';

const web = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { role: 'frontend' } },
  spec: { containers: [{ name: 'web', image: 'web:1', env: [{ name: 'DB_PORT', value: '1' }] }] },
};

test('reports invalid objects beside a pod', () => {
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, dat: {} };
  expect(lint([web, settings]).problems).toMatchObject([{ field: 'dat', detail: 'unknown field' }]);
});

test('reports a preset that is not applied', () => {
  const preset = {
    apiVersion: 'settings.k8s.io/v1alpha1',
    kind: 'PodPreset',
    metadata: { name: 'allow-database' },
    spec: { selector: { matchLabels: { role: 'frontend' } }, env: [{ name: 'DB_PORT', value: '6379' }] },
  };
  expect(lint([web, preset]).notes).toEqual([
    'Pod/web: no PodPreset is applied (allow-database), because the pod already has another env DB_PORT of container web',
  ]);
});
