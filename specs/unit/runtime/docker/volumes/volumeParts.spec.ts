import { expect, test } from '@jest/globals';
import type { Container, VolumeMount } from '../../../../../src/manifest/model';
import { findVolumeUse } from '../../../../../src/runtime/docker/volumes/volumeParts';

function use(...mounts: readonly Omit<VolumeMount, 'name' | 'mountPath'>[]) {
  const volumeMounts = mounts.map((mount, index) => ({ name: 'data', mountPath: `/${index}`, ...mount }));
  const web: Container = { name: 'web', image: 'web', imagePullPolicy: 'Never', volumeMounts };
  return findVolumeUse('data', [web], () => ({ NAME: 'shop' }));
}

test('returns whole if no mount has a path in the volume', () => {
  expect(use({}, { subPath: '' }, { subPath: './' })).toEqual({ kind: 'whole' });
});

test('returns each part once if no parts overlap', () => {
  const mounts = [{ subPath: 'a/b' }, { subPath: 'a//b/' }, { subPathExpr: '$(NAME)-logs' }, { subPath: 'a/bc' }];
  expect(use(...mounts)).toEqual({ kind: 'parts', paths: ['a/b', 'shop-logs', 'a/bc'] });
});

test('skips a part whose variables are not known yet', () => {
  expect(use({ subPath: 'a' }, { subPathExpr: '$(POD_IP)' })).toEqual({ kind: 'parts', paths: ['a'] });
});

test('returns the part that overlaps with the whole volume or another part', () => {
  expect(use({}, { subPath: 'a' })).toEqual({ kind: 'overlapping', container: 'web', path: 'a' });
  expect(use({ subPath: 'a' }, { subPath: 'a/b' })).toEqual({ kind: 'overlapping', container: 'web', path: 'a/b' });
});
