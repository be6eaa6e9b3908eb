import { expect, test } from '@jest/globals';
import { failedRequest } from '../../../../src/agent/process/failedRequest';
import { RuntimeError } from '../../../../src/runtime/runtimeError';

/** An error as the client of the engine's API throws it. */
const REFUSED = Object.assign(
  new Error('(HTTP code 500) server error - ps: exec: "ps": executable file not found in $PATH '),
  { statusCode: 500 },
);

test('adds the task and the container to the message of the engine', () => {
  const error = failedRequest({ kind: 'Freeze', asked: { key: '1', container: 'web' } }, REFUSED);
  expect(error).toBeInstanceOf(RuntimeError);
  expect(error).toMatchObject({
    message:
      'container web: failed to freeze the container: the container engine answered 500, ps: exec: "ps": executable file not found in $PATH. Check the engine\'s log',
    cause: REFUSED,
  });
});

test('names the pod if the task has no container', () => {
  expect(failedRequest({ kind: 'Disconnect', asked: { key: 'shop' } }, REFUSED)).toMatchObject({
    message: expect.stringMatching(/^pod shop: failed to cut the pod's network: /),
  });
});

test('returns an error of another source unchanged', () => {
  const error = new RuntimeError('container web', 'is not running');
  expect(failedRequest({ kind: 'Freeze', asked: { key: '1', container: 'web' } }, error)).toBe(error);
});

test.each([
  [
    'refused',
    Object.assign(new Error('connect ECONNREFUSED /run/docker.sock'), { code: 'ECONNREFUSED', syscall: 'connect' }),
  ],
  ['ended before its response', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
])('names the engine if a connection to it was %s', (_, cause) => {
  const error = failedRequest({ kind: 'Freeze', asked: { key: '1', container: 'web' } }, cause);
  expect(error).toMatchObject({
    where: 'container engine',
    message: `container engine: failed to freeze the container for container web: ${cause.message}. Check that the engine is running`,
    cause,
  });
});
