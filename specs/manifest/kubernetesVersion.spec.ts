import { expect, test } from '@jest/globals';
import { KUBERNETES_VERSIONS, minorOf } from '../../src/manifest/kubernetesVersion';
import { loadPod } from '../../src/manifest/loadPod';

const manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'web', image: 'web:1' }] },
};

test('can be any from 1.25 to 1.36', () => {
  expect(KUBERNETES_VERSIONS[0]).toBe('1.25');
  expect(KUBERNETES_VERSIONS.at(-1)).toBe('1.36');
  expect(minorOf('1.29')).toBe(29);
});

test.each(['1.24', '1.37', '1.36.3', 'v1.36', ''])('cannot be %j', (kubernetesVersion) => {
  expect(() => loadPod(manifest, { kubernetesVersion })).toThrow(
    `kubernetesVersion: ${JSON.stringify(kubernetesVersion)}; it is one of 1.25 to 1.36`,
  );
});
