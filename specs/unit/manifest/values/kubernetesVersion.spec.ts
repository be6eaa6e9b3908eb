import { expect, test } from '@jest/globals';
import { loadPod } from '../../../../src/manifest/loadPod';
import {
  isAtLeast,
  KUBERNETES_VERSIONS,
  minorOf,
  parseVersion,
} from '../../../../src/manifest/values/kubernetesVersion';

const manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'web', image: 'web:1' }] },
};

test('lists the versions from 1.25 to 1.37', () => {
  expect(KUBERNETES_VERSIONS[0]).toBe('1.25');
  expect(KUBERNETES_VERSIONS.at(-1)).toBe('1.37');
  expect(minorOf('1.29')).toBe(29);
});

test.each([...KUBERNETES_VERSIONS, '1.36.0', '1.36.3', '1.37.2'])(
  'accepts the Kubernetes version %s',
  (kubernetesVersion) => {
    expect(loadPod(manifest, { kubernetesVersion }).metadata.name).toBe('web');
  },
);

test.each(['1.24', '1.38', 'v1.36', '1.36.', '1.036', '1.36.03', '1.36.3-rc.1', '2.36', ''])(
  'rejects the Kubernetes version %j',
  (kubernetesVersion) => {
    expect(() => loadPod(manifest, { kubernetesVersion })).toThrow(
      `kubernetesVersion must be 1.25 to 1.37 or one of their patches such as 1.36.3, received ${JSON.stringify(kubernetesVersion)}`,
    );
  },
);

test('rejects an unknown patch, and names the newest one', () => {
  expect(() => loadPod(manifest, { kubernetesVersion: '1.37.99' })).toThrow(
    'kubernetesVersion must be at most 1.37.2, the newest known patch of 1.37, received "1.37.99". Use \'1.37\'',
  );
});

test('treats a version without a patch as its newest known patch', () => {
  expect(parseVersion('1.37')).toEqual({ minor: 37, patch: 2 });
  expect(parseVersion('1.36.0')).toEqual({ minor: 36, patch: 0 });
});

test('compares minors first, then patches', () => {
  const first = { minor: 36, patch: 3 };
  expect(['1.35.8', '1.36.2', '1.36.3', '1.36', '1.37.0'].map((each) => isAtLeast(parseVersion(each), first))).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
});
