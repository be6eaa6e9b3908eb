import { expect, test } from '@jest/globals';
import { expandSubPath } from '../../../../../src/runtime/docker/volumes/subPath';

const mount = { name: 'data', mountPath: '/data' };

test('mounts all of a volume unless a subPath says which part', () => {
  expect(expandSubPath(mount, {})).toBeUndefined();
  expect(expandSubPath({ ...mount, subPath: './orders//2026/' }, {})).toBe('orders/2026');
});

test('puts variables into subPathExpr, and nothing into subPath', () => {
  expect(expandSubPath({ ...mount, subPathExpr: '$(NAME)/$$(NAME)' }, { NAME: 'shop' })).toBe('shop/$(NAME)');
  expect(expandSubPath({ ...mount, subPath: '$(NAME)' }, { NAME: 'shop' })).toBe('$(NAME)');
});

test.each([
  [{ subPathExpr: '$(NOSUCH)' }, 'missing value for "NOSUCH"'],
  [{ subPathExpr: '$(EMPTY)' }, 'missing value for "EMPTY"'],
  [{ subPathExpr: '$(ROOT)x' }, 'error SubPath `/x` must not be an absolute path'],
  [{ subPath: 'a/../../b' }, "unable to provision SubPath `a/../../b`: must not contain '..'"],
])('does not create a container with %j', (part, message) => {
  expect(() => expandSubPath({ ...mount, ...part }, { EMPTY: '', ROOT: '/' })).toThrow(message);
});
