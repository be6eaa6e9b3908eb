import { expect, test } from '@jest/globals';
import { mountsParts, partOfVolume } from '../../../../../src/runtime/docker/containers/mount';

test('supports a part of a volume as a mount since Docker 26', () => {
  expect([mountsParts('1.41'), mountsParts('1.44'), mountsParts('1.45'), mountsParts('2.0')]).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(partOfVolume({ name: 'data', labels: { run: '1' } }, 'orders', '/var/lib/shop', true)).toEqual({
    Type: 'volume',
    Source: 'data',
    Target: '/var/lib/shop',
    ReadOnly: true,
    VolumeOptions: { NoCopy: true, Labels: { run: '1' }, Subpath: 'orders' },
  });
});
