import { expect, test } from '@jest/globals';
import { nestedMountpoints } from '../../../../../src/runtime/docker/volumes/nestedMountpoints';

const mounting = (...mounts: readonly [string, string][]) => ({
  name: 'web',
  image: 'shop/web:1',
  imagePullPolicy: 'IfNotPresent' as const,
  volumeMounts: mounts.map(([name, mountPath]) => ({ name, mountPath })),
});

test('returns a directory for each mount inside another volume, in any container', () => {
  const web = mounting(
    ['conf', '/etc/shop'],
    ['data', '/etc/shop/data'],
    ['more', '/etc/shop/data/more'],
    ['x', '/etc/shopping'],
  );
  const log = mounting(['conf', '/conf/'], ['logs', '/conf/var/log']);
  expect(nestedMountpoints('conf', [web, log])).toEqual(['data', 'var/log']);
  expect(nestedMountpoints('data', [web, log])).toEqual(['more']);
  expect(nestedMountpoints('x', [web, log])).toEqual([]);
});
