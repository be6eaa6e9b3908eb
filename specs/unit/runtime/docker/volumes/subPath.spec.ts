import { expect, test } from '@jest/globals';
import { expandSubPath } from '../../../../../src/runtime/docker/volumes/subPath';

const mount = { name: 'data', mountPath: '/data' };

test('mounts the whole volume without a subPath', () => {
  expect(expandSubPath(mount, {})).toBeUndefined();
  expect(expandSubPath({ ...mount, subPath: './orders//2026/' }, {})).toBe('orders/2026');
});

test('expands variables in subPathExpr, but not in subPath', () => {
  expect(expandSubPath({ ...mount, subPathExpr: '$(NAME)/$$(NAME)' }, { NAME: 'shop' })).toBe('shop/$(NAME)');
  expect(expandSubPath({ ...mount, subPath: '$(NAME)' }, { NAME: 'shop' })).toBe('$(NAME)');
});

test.each([
  [{ subPathExpr: '$(NOSUCH)' }, 'missing value for "NOSUCH"'],
  [{ subPathExpr: '$(EMPTY)' }, 'missing value for "EMPTY"'],
  [{ subPathExpr: '$(ROOT)x' }, 'error SubPath `/x` must not be an absolute path'],
  [{ subPath: 'a/../../b' }, "unable to provision SubPath `a/../../b`: must not contain '..'"],
])('rejects %j', (part, message) => {
  expect(() => expandSubPath({ ...mount, ...part }, { EMPTY: '', ROOT: '/' })).toThrow(message);
});
