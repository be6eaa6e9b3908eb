import { expect, test } from '@jest/globals';
import { isStoppedError } from '../../../../../src/runtime/docker/engine/engineError';

const answered = (statusCode: number, message: string) =>
  Object.assign(new Error(`(HTTP code ${statusCode}) unexpected - ${message}`), { statusCode });

test.each([
  [404, 'No such container: web'],
  [409, 'Container 1f2e is not running'],
  [500, 'cannot kill container: 1f2e: container 1f2e PID 1406 is zombie and can not be killed. Use the --init option'],
])('isStoppedError returns true for %i %s', (status, message) => {
  expect(isStoppedError(answered(status, message))).toBe(true);
});

test('isStoppedError returns false for other failures', () => {
  expect(isStoppedError(answered(500, 'cannot kill container: 1f2e: tried to kill container, but got no answer'))).toBe(
    false,
  );
  expect(isStoppedError(new Error('socket hang up'))).toBe(false);
});
