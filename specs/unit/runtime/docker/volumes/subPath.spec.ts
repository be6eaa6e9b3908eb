import { expect, test } from '@jest/globals';
import { subPathOf } from '../../../../../src/runtime/docker/volumes/subPath';

const mount = { name: 'data', mountPath: '/data' };

test('mounts all of a volume unless a subPath says which part', () => {
  expect(subPathOf(mount, {})).toBeUndefined();
  expect(subPathOf({ ...mount, subPath: './orders//2026/' }, {})).toBe('orders/2026');
});

test('puts variables into subPathExpr, and nothing into subPath', () => {
  expect(subPathOf({ ...mount, subPathExpr: '$(NAME)/$$(NAME)' }, { NAME: 'shop' })).toBe('shop/$(NAME)');
  expect(subPathOf({ ...mount, subPath: '$(NAME)' }, { NAME: 'shop' })).toBe('$(NAME)');
});

test.each([
  [{ subPathExpr: '$(NOSUCH)' }, 'missing value for "NOSUCH"'],
  [{ subPathExpr: '$(EMPTY)' }, 'missing value for "EMPTY"'],
  [{ subPathExpr: '$(ROOT)x' }, 'error SubPath `/x` must not be an absolute path'],
  [{ subPath: 'a/../../b' }, "unable to provision SubPath `a/../../b`: must not contain '..'"],
])('does not create a container with %j', (part, message) => {
  expect(() => subPathOf({ ...mount, ...part }, { EMPTY: '', ROOT: '/' })).toThrow(message);
});
