import { expect, test } from '@jest/globals';
import { errorData, reviveError } from '../../../../src/agent/ipc/errorData';
import { RuntimeError } from '../../../../src/runtime/runtimeError';

test('revives an error on the other side with its class, its place and its causes', () => {
  const sent = new RuntimeError('container engine', 'none answers', { cause: new TypeError('no socket') });
  const received = reviveError(JSON.parse(JSON.stringify(errorData(sent))));
  expect(received).toBeInstanceOf(RuntimeError);
  expect(received).toMatchObject({ where: 'container engine', message: 'container engine: none answers' });
  expect(received.cause).toMatchObject({ name: 'TypeError', message: 'no socket' });
});

test('revives what is no error as one', () => {
  expect(reviveError(errorData('a text'))).toMatchObject({ name: 'Error', message: 'a text' });
});
