import { expect, test } from '@jest/globals';
import { describeVolumeKind } from '../../../../../src/runtime/docker/volumes/volumeKind';

const onDisk = { memory: undefined, readOnly: false };

test('an emptyDir is open to everybody; one in memory is as large as its limit', () => {
  expect(describeVolumeKind({ name: 'v', emptyDir: {} })).toEqual({ ...onDisk, mode: 0o777 });
  expect(describeVolumeKind({ name: 'v', emptyDir: { sizeLimit: '1Gi' } })).toEqual({ ...onDisk, mode: 0o777 });
  expect(describeVolumeKind({ name: 'v', emptyDir: { medium: 'Memory' } })?.memory).toEqual({});
  expect(describeVolumeKind({ name: 'v', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } })).toEqual({
    memory: { sizeBytes: 67108864 },
    mode: 0o1777,
    readOnly: false,
  });
});

test('what is made of configuration cannot be written to, and but for configMaps is kept in memory', () => {
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

test('a claim, and storage that is not here, is a fresh file system that belongs to root', () => {
  expect(describeVolumeKind({ name: 'v' })).toEqual({ ...onDisk, mode: 0o755 });
  expect(describeVolumeKind({ name: 'v', persistentVolumeClaim: { claimName: 'c', readOnly: true } })).toEqual({
    ...onDisk,
    mode: 0o755,
    readOnly: true,
  });
});

test('a path of the host is nothing to be made', () => {
  expect(describeVolumeKind({ name: 'v', hostPath: { path: '/srv' } })).toBeUndefined();
});
