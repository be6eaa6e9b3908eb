import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createUnansweredConnection } from '../../../../../src/runtime/docker/inside/createUnansweredConnection';

test('stays pending in a cut network until the connection is destroyed', async () => {
  const { socket, connected } = createUnansweredConnection();
  const outcomes: string[] = [];
  connected.then(
    () => outcomes.push('connected'),
    () => outcomes.push('given up'),
  );
  socket.write('GET / HTTP/1.1');
  await setImmediate();
  expect(outcomes).toEqual([]);
  socket.destroy();
  await setImmediate();
  expect(outcomes).toEqual(['given up']);
});
