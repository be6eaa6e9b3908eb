import { expect, test } from '@jest/globals';
import { imageTag, resolveBuild } from '../../../src/runtime/imageBuild';

test('is named after its folder, the same each time, and another way for each way of building', () => {
  const name = imageTag({ build: '/work/My Shop' });
  expect(name).toMatch(/^jest-kubelet-build\/my-shop:[0-9a-f]{12}$/);
  expect(imageTag({ build: '/work/My Shop' })).toBe(name);
  expect(imageTag({ build: '/work/My Shop', target: 'test' })).not.toBe(name);
});

test('has a name that an image can have, whatever its folder is called', () => {
  expect(imageTag({ build: '/' })).toMatch(/^jest-kubelet-build\/image:/);
  expect(imageTag({ build: '/..__../-_-' })).toMatch(/^jest-kubelet-build\/image:/);
});

test('begins at the working directory', () => {
  expect(resolveBuild({ build: '.' })).toEqual({ build: process.cwd() });
});
