import { expect, test } from '@jest/globals';
import { errorData, reviveError } from '../../../../src/agent/ipc/errorData';
import { RuntimeError } from '../../../../src/runtime/runtimeError';

test('restores an error of the other process with its class, place and causes', () => {
  const sent = new RuntimeError('container engine', 'none answers', { cause: new TypeError('no socket') });
  const received = reviveError(JSON.parse(JSON.stringify(errorData(sent))));
  expect(received).toBeInstanceOf(RuntimeError);
  expect(received).toMatchObject({ where: 'container engine', message: 'container engine: none answers' });
  expect(received.cause).toMatchObject({ name: 'TypeError', message: 'no socket' });
});

test('wraps a thrown value that is not an Error in an Error', () => {
  expect(reviveError(errorData('a text'))).toMatchObject({ name: 'Error', message: 'a text' });
});
