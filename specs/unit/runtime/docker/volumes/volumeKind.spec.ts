import { expect, test } from '@jest/globals';
import { describeVolumeKind } from '../../../../../src/runtime/docker/volumes/volumeKind';

const onDisk = { memory: undefined, readOnly: false };

test('makes an emptyDir writable for all, and limits one in memory to its size', () => {
  expect(describeVolumeKind({ name: 'v', emptyDir: {} })).toEqual({ ...onDisk, mode: 0o777 });
  expect(describeVolumeKind({ name: 'v', emptyDir: { sizeLimit: '1Gi' } })).toEqual({ ...onDisk, mode: 0o777 });
  expect(describeVolumeKind({ name: 'v', emptyDir: { medium: 'Memory' } })?.memory).toEqual({});
  expect(describeVolumeKind({ name: 'v', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } })).toEqual({
    memory: { sizeBytes: 67108864 },
    mode: 0o1777,
    readOnly: false,
  });
});

test('makes configuration read-only, and keeps it in memory except for ConfigMaps', () => {
  expect(describeVolumeKind({ name: 'v', configMap: { name: 'c' } })).toEqual({
    memory: undefined,
    mode: 0o777,
    readOnly: true,
  });
  const inMemory = { memory: {}, mode: 0o1777, readOnly: true };
  expect(describeVolumeKind({ name: 'v', secret: { secretName: 's' } })).toEqual(inMemory);
  expect(describeVolumeKind({ name: 'v', downwardAPI: {} })).toEqual(inMemory);
  expect(describeVolumeKind({ name: 'v', projected: {} })).toEqual(inMemory);
});

test('creates a new file system of root for a claim or missing storage', () => {
  expect(describeVolumeKind({ name: 'v' })).toEqual({ ...onDisk, mode: 0o755 });
  expect(describeVolumeKind({ name: 'v', persistentVolumeClaim: { claimName: 'c', readOnly: true } })).toEqual({
    ...onDisk,
    mode: 0o755,
    readOnly: true,
  });
});

test('returns undefined for a hostPath', () => {
  expect(describeVolumeKind({ name: 'v', hostPath: { path: '/srv' } })).toBeUndefined();
});
