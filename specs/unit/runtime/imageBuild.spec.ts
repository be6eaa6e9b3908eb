import { expect, test } from '@jest/globals';
import { imageTag, resolveBuild } from '../../../src/runtime/imageBuild';

test('imageTag is stable for a folder, and differs by build options', () => {
  const name = imageTag({ build: '/work/My Shop' });
  expect(name).toMatch(/^jest-kubelet-build\/my-shop:[0-9a-f]{12}$/);
  expect(imageTag({ build: '/work/My Shop' })).toBe(name);
  expect(imageTag({ build: '/work/My Shop', target: 'test' })).not.toBe(name);
});

test('imageTag is a valid image name for any folder', () => {
  expect(imageTag({ build: '/' })).toMatch(/^jest-kubelet-build\/image:/);
  expect(imageTag({ build: '/..__../-_-' })).toMatch(/^jest-kubelet-build\/image:/);
});

test('resolveBuild resolves a relative path from the working directory', () => {
  expect(resolveBuild({ build: '.' })).toEqual({ build: process.cwd() });
});
